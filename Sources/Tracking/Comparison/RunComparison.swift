import Evaluation
import Foundation

/// Runs side by side: in which settings they differ, what they came to, and whether that may be chance.
public struct RunComparison: Sendable {
    /// The runs.
    public let runs: [ComparedRun]
    /// The settings in which not all runs are alike, in the alphabet's order, with the runs' values.
    public let differences: [(key: String, values: [Fact?])]
    /// The metrics of the test pictures, run by run; nil for a run that has none.
    public let results: [[MetricEstimate]?]
    /// Each run with every later one, where they were judged by the same pictures.
    public let pairs: [PairedDifference]

    /// Compares runs.
    /// - Parameters:
    ///   - draws: how often the bootstrap draws the test pictures.
    ///   - seed: what the draws follow from.
    /// - Throws: ``TrackingError/comparison(reason:)`` for fewer than two runs.
    public init(_ runs: [ComparedRun], draws: Int = 2000, seed: UInt64 = 0) throws(TrackingError) {
        guard runs.count >= 2 else {
            throw .comparison(reason: "expected two runs or more to compare, found \(runs.count)")
        }
        self.runs = runs
        differences = Self.differences(runs)
        let bootstrap = Bootstrap(resamples: draws, seed: seed)
        results = runs.map { $0.predictions.map { MetricEstimate.all(of: $0, bootstrap) } }
        pairs = runs.indices.flatMap { first in
            runs.indices.dropFirst(first + 1).compactMap { second in
                PairedDifference(runs[first], runs[second], bootstrap)
            }
        }
    }

    private static func differences(_ runs: [ComparedRun]) -> [(key: String, values: [Fact?])] {
        Set(runs.flatMap(\.settings.keys)).sorted().compactMap { key in
            let values = runs.map { $0.settings[key] }
            return values.dropFirst().allSatisfy { $0 == values[0] } ? nil : (key, values)
        }
    }
}

/// Test samples, each with its cell of the confusion matrix, from which the metrics that are compared follow.
struct JudgedSamples {
    /// The metrics' names, scikit-learn's.
    static let metrics = ["accuracy", "balanced_accuracy", "f1_macro"]

    private let classNames: [String]
    /// The true class and the predicted one.
    private let cells: [(row: Int, column: Int)]

    init(_ rows: [Predictions.Row], classNames: [String]) {
        self.classNames = classNames
        cells = rows.map { ($0.label, $0.predictedLabel) }
    }

    /// How many samples there are.
    var count: Int { cells.count }
    /// Whether each sample was taken for what it is.
    var hits: [Bool] { cells.map { $0.row == $0.column } }

    /// The metrics of all samples, each once.
    var values: [Double] { values([Int](repeating: 1, count: count)) }

    /// The metrics where each sample counts so many times.
    func values(_ weights: [Int]) -> [Double] {
        var counts = [[Int]](
            repeating: [Int](repeating: 0, count: classNames.count), count: classNames.count)
        for (cell, weight) in zip(cells, weights) { counts[cell.row][cell.column] += weight }
        let matrix = ConfusionMatrix(classNames: classNames, counts: counts)
        return [
            matrix.accuracy, matrix.balancedAccuracy, ClassificationReport(matrix).macroAverage.f1Score,
        ]
    }
}

/// A metric with its 95 % confidence interval.
public struct MetricEstimate: Sendable, Equatable {
    /// The metric's name, scikit-learn's.
    public let name: String
    /// Its value.
    public let value: Double
    /// The interval's lower end.
    public let lower: Double
    /// The interval's upper end.
    public let upper: Double

    private init(_ name: String, _ value: Double, _ interval: ConfidenceInterval) {
        (self.name, self.value, lower, upper) = (name, value, interval.low, interval.high)
    }

    /// Values with the intervals of what the resamples came to.
    fileprivate static func all(_ values: [Double], _ replicates: [[Double]]) -> [MetricEstimate] {
        zip(JudgedSamples.metrics, values).enumerated().map { index, metric in
            let interval = percentileInterval(replicates.map { $0[index] })
            return MetricEstimate(metric.0, metric.1, interval ?? ConfidenceInterval(low: .nan, high: .nan))
        }
    }

    /// Accuracy with Wilson's interval, the others with the bootstrap's.
    static func all(of predictions: Predictions, _ bootstrap: Bootstrap) -> [MetricEstimate] {
        let judged = JudgedSamples(predictions.rows, classNames: predictions.classNames)
        var estimates = all(judged.values, bootstrap.replicates(samples: judged.count, judged.values))
        let wilson = ConfidenceInterval(count: judged.hits.count { $0 }, of: judged.count)
        estimates[0] = MetricEstimate(estimates[0].name, estimates[0].value, wilson)
        return estimates
    }
}

/// Two runs, judged by the samples that both have.
public struct PairedDifference: Sendable {
    /// The runs' names.
    public let names: (first: String, second: String)
    /// How many test samples both have, with the same true class.
    public let samples: Int
    /// McNemar's exact test.
    public let test: McNemarTest
    /// By how much each metric is greater for the second run, with the paired bootstrap's 95 % interval.
    public let differences: [MetricEstimate]

    /// Nil where the runs have no classes or no samples in common.
    init?(_ first: ComparedRun, _ second: ComparedRun, _ bootstrap: Bootstrap) {
        guard let left = first.predictions, let right = second.predictions,
            left.classNames == right.classNames
        else { return nil }
        let others = Dictionary(right.rows.map { ($0.identifier, $0) }) { first, _ in first }
        let common = left.rows.compactMap { row in
            others[row.identifier].flatMap { $0.label == row.label ? (row, $0) : nil }
        }
        guard !common.isEmpty else { return nil }
        names = (first.name, second.name)
        samples = common.count
        let (one, other) = (
            JudgedSamples(common.map(\.0), classNames: left.classNames),
            JudgedSamples(common.map(\.1), classNames: left.classNames)
        )
        test = McNemarTest(first: one.hits, second: other.hits)
        func difference(_ first: [Double], _ second: [Double]) -> [Double] {
            zip(first, second).map { $1 - $0 }
        }
        differences = MetricEstimate.all(
            difference(one.values, other.values),
            bootstrap.replicates(samples: common.count) { difference(one.values($0), other.values($0)) })
    }
}
