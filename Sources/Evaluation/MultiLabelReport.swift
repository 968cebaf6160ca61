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
    public let classes: [ClassificationReport.Scores]
    /// `micro avg`, `macro avg`, `weighted avg` and `samples avg`.
    public let averages: [ClassificationReport.Scores]
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
        let lines = zip(names, counts).map { ClassificationReport.Scores($0, $1) }
        classes = lines
        averages = Self.averages(of: lines, counts, zip(rows, predicted).map { ($0.labels, $1) })
        averagePrecisions = names.indices.map { index in
            averagePrecision(
                isPositive: rows.map { $0.labels[index] }, scores: rows.map { $0.scores[index] })
        }
    }

    private static func averages(
        of classes: [ClassificationReport.Scores], _ counts: [Counts],
        _ decisions: [(labels: [Bool], predicted: [Bool])]
    ) -> [ClassificationReport.Scores] {
        let samples = decisions.map { ClassificationReport.Scores("", Counts(zip($0.labels, $0.predicted))) }
        let support = classes.reduce(0) { $0 + $1.support }
        return [
            .init("micro avg", Counts(adding: counts)),
            .init(averaging: classes, "macro avg", support) { _ in 1 },
            .init(averaging: classes, "weighted avg", support) { Double($0.support) },
            .init(averaging: samples, "samples avg", support) { _ in 1 },
        ]
    }

    /// The mean of the balanced accuracies of the classes that have both positives and negatives.
    public var balancedAccuracy: Double {
        let values = counts.compactMap { counts -> Double? in
            let (positives, negatives) = (
                counts.truePositives + counts.falseNegatives, counts.trueNegatives + counts.falsePositives
            )
            guard positives > 0, negatives > 0 else { return nil }
            return Double(counts.truePositives) / Double(positives) / 2
                + Double(counts.trueNegatives) / Double(negatives) / 2
        }
        return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
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
    fileprivate init(_ decisions: some Sequence<(Bool, Bool)>) {
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

extension ClassificationReport.Scores {
    fileprivate init(_ name: String, _ counts: MultiLabelReport.Counts) {
        self.init(
            name, hits: counts.truePositives, actual: counts.truePositives + counts.falseNegatives,
            predicted: counts.truePositives + counts.falsePositives)
    }
}
