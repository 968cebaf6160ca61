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
        results = runs.map { $0.predictions.map { MetricEstimate.all(of: $0, draws: draws, seed: seed) } }
        pairs = runs.indices.flatMap { first in
            runs.indices.dropFirst(first + 1).compactMap { second in
                PairedDifference(runs[first], runs[second], draws: draws, seed: seed)
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

/// The metrics of a classifier that are compared, of any part of its test samples.
enum ComparedMetric: String, CaseIterable, Sendable {
    case accuracy
    case balancedAccuracy = "balanced_accuracy"
    case f1Macro = "f1_macro"

    /// The metric of the samples at some positions.
    func value(_ judged: JudgedSamples, _ positions: [Int32]) -> Double {
        let classes = judged.classes
        var counts = [Int](repeating: 0, count: classes * classes)
        for position in positions { counts[judged.cells[Int(position)]] += 1 }
        func row(_ label: Int) -> Int { (0..<classes).reduce(0) { $0 + counts[label * classes + $1] } }
        func column(_ label: Int) -> Int { (0..<classes).reduce(0) { $0 + counts[$1 * classes + label] } }
        let hits = (0..<classes).map { counts[$0 * classes + $0] }
        switch self {
        case .accuracy: return Double(hits.reduce(0, +)) / Double(max(positions.count, 1))
        case .balancedAccuracy:
            let recalls = (0..<classes).filter { row($0) > 0 }.map { Double(hits[$0]) / Double(row($0)) }
            return recalls.reduce(0, +) / Double(max(recalls.count, 1))
        case .f1Macro:
            let scores = (0..<classes).map { label in
                let whole = row(label) + column(label)
                return whole == 0 ? 0 : 2 * Double(hits[label]) / Double(whole)
            }
            return scores.reduce(0, +) / Double(classes)
        }
    }
}

/// Test samples, each with its cell of the confusion matrix.
struct JudgedSamples {
    /// How many classes there are.
    let classes: Int
    /// Row times the number of classes, plus column.
    let cells: [Int]

    init(_ rows: [Predictions.Row], classes: Int) {
        self.classes = classes
        cells = rows.map { $0.label * classes + $0.predictedLabel }
    }

    /// Whether each sample was taken for what it is.
    var hits: [Bool] { cells.map { $0 / classes == $0 % classes } }
    var all: [Int32] { cells.indices.map { Int32($0) } }
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

    /// Accuracy with Wilson's interval, the others with the bootstrap's.
    static func all(of predictions: Predictions, draws: Int, seed: UInt64) -> [MetricEstimate] {
        let judged = JudgedSamples(predictions.rows, classes: predictions.classNames.count)
        let bootstrap = PairedBootstrap(samples: judged.cells.count, draws: draws, seed: seed)
        return ComparedMetric.allCases.map { metric in
            let value = metric.value(judged, judged.all)
            if metric == .accuracy {
                let wilson = ProportionInterval(count: judged.hits.count { $0 }, of: judged.cells.count)
                return MetricEstimate(
                    name: metric.rawValue, value: value, lower: wilson.lower, upper: wilson.upper)
            }
            let interval = PairedBootstrap.interval(bootstrap.values { metric.value(judged, $0) })
            return MetricEstimate(
                name: metric.rawValue, value: value, lower: interval.lower, upper: interval.upper)
        }
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
    init?(_ first: ComparedRun, _ second: ComparedRun, draws: Int, seed: UInt64) {
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
        let classes = left.classNames.count
        let (one, other) = (
            JudgedSamples(common.map(\.0), classes: classes), JudgedSamples(common.map(\.1), classes: classes)
        )
        test = McNemarTest(first: one.hits, second: other.hits)
        let bootstrap = PairedBootstrap(samples: common.count, draws: draws, seed: seed)
        differences = ComparedMetric.allCases.map { metric in
            let interval = PairedBootstrap.interval(
                bootstrap.values { metric.value(other, $0) - metric.value(one, $0) })
            return MetricEstimate(
                name: metric.rawValue, value: metric.value(other, other.all) - metric.value(one, one.all),
                lower: interval.lower, upper: interval.upper)
        }
    }
}
