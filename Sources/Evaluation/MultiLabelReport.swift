import Foundation

/// How well several labels a sample are told, by scikit-learn's names: `accuracy_score` (the subset accuracy),
/// `hamming_loss`, `multilabel_confusion_matrix`, `classification_report`, `average_precision_score`.
///
/// Where a value would be a division by zero it is 0, scikit-learn's `zero_division` by default.
public struct MultiLabelReport: Sendable, Equatable {
    /// One class against the rest: how many samples are true negatives and so on.
    public struct Counts: Sendable, Equatable {
        /// Not of the class, and not taken for it.
        public var trueNegatives = 0
        /// Not of the class, but taken for it.
        public var falsePositives = 0
        /// Of the class, but not taken for it.
        public var falseNegatives = 0
        /// Of the class, and taken for it.
        public var truePositives = 0
    }

    /// A line of the report: a class, or an average.
    public struct Scores: Sendable, Equatable {
        /// The class's name, or the average's.
        public let name: String
        /// Of the samples taken for the class, the share that is of it.
        public let precision: Double
        /// Of the samples of the class, the share taken for it.
        public let recall: Double
        /// The harmonic mean of precision and recall.
        public let f1Score: Double
        /// How many samples are of the class.
        public let support: Int
    }

    /// How many samples there are.
    public let sampleCount: Int
    /// The share of samples of which every class is told.
    public let subsetAccuracy: Double
    /// The share of all decisions, one a sample and class, that are wrong.
    public let hammingLoss: Double
    /// The mean binary cross-entropy of all decisions.
    public let logLoss: Double
    /// The counts of every class.
    public let counts: [Counts]
    /// One line a class, in the classes' order.
    public let classes: [Scores]
    /// `micro avg`, `macro avg`, `weighted avg` and `samples avg`.
    public let averages: [Scores]
    /// The average precision of every class; nil for one without positives, where scikit-learn has 0.
    public let averagePrecisions: [Double?]

    /// The report of some predictions.
    public init(_ predictions: MultiLabelPredictions) {
        let rows = predictions.rows
        let predicted = rows.map(predictions.predictedLabels)
        let names = predictions.classNames
        sampleCount = rows.count
        let exact = zip(rows, predicted).count { $0.labels == $1 }
        subsetAccuracy = Double(exact) / Double(rows.count)
        counts = names.indices.map { index in
            Counts(zip(rows, predicted).map { ($0.labels[index], $1[index]) })
        }
        let wrong = counts.reduce(0) { $0 + $1.falsePositives + $1.falseNegatives }
        hammingLoss = Double(wrong) / Double(rows.count * names.count)
        logLoss = Self.logLoss(rows)
        let lines = zip(names, counts).map { Scores($0, $1) }
        classes = lines
        averages = [
            Scores("micro avg", Counts(adding: counts)),
            Scores(averaging: lines, "macro avg") { _ in 1 },
            Scores(averaging: lines, "weighted avg") { Double($0.support) },
            Scores(
                averaging: zip(rows, predicted).map { row, predicted in
                    Scores("", Counts(zip(row.labels, predicted).map { ($0, $1) }))
                }, "samples avg"
            ) { _ in 1 },
        ]
        averagePrecisions = names.indices.map { index in
            averagePrecision(
                isPositive: rows.map { $0.labels[index] }, scores: rows.map { $0.scores[index] })
        }
    }

    /// The F1 score of all decisions together.
    public var microF1: Double { averages[0].f1Score }
    /// The mean of the classes' F1 scores.
    public var macroF1: Double { averages[1].f1Score }
    /// The mean of the average precisions of the classes that have one; nil where none has.
    public var meanAveragePrecision: Double? {
        let values = averagePrecisions.compactMap(\.self)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private static func logLoss(_ rows: [MultiLabelPredictions.Row]) -> Double {
        let epsilon = Double.ulpOfOne
        var sum = 0.0
        for row in rows {
            for (isPositive, score) in zip(row.labels, row.scores) {
                sum -= log(min(max(isPositive ? score : 1 - score, epsilon), 1 - epsilon))
            }
        }
        return sum / Double(rows.count * rows[0].scores.count)
    }
}

extension MultiLabelReport.Counts {
    fileprivate init(_ decisions: [(actual: Bool, predicted: Bool)]) {
        for decision in decisions {
            switch decision {
            case (true, true): truePositives += 1
            case (true, false): falseNegatives += 1
            case (false, true): falsePositives += 1
            case (false, false): trueNegatives += 1
            }
        }
    }

    fileprivate init(adding all: [Self]) {
        for counts in all {
            truePositives += counts.truePositives
            falseNegatives += counts.falseNegatives
            falsePositives += counts.falsePositives
            trueNegatives += counts.trueNegatives
        }
    }
}

extension MultiLabelReport.Scores {
    fileprivate init(_ name: String, _ counts: MultiLabelReport.Counts) {
        func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
        let (actual, predicted) = (
            counts.truePositives + counts.falseNegatives, counts.truePositives + counts.falsePositives
        )
        self.name = name
        precision = ratio(counts.truePositives, predicted)
        recall = ratio(counts.truePositives, actual)
        f1Score = ratio(2 * counts.truePositives, actual + predicted)
        support = actual
    }

    fileprivate init(averaging lines: [Self], _ name: String, weight: (Self) -> Double) {
        let total = lines.reduce(0) { $0 + weight($1) }
        func mean(_ value: KeyPath<Self, Double>) -> Double {
            total == 0 ? 0 : lines.reduce(0) { $0 + weight($1) * $1[keyPath: value] } / total
        }
        self.name = name
        precision = mean(\.precision)
        recall = mean(\.recall)
        f1Score = mean(\.f1Score)
        support = lines.reduce(0) { $0 + $1.support }
    }
}
