/// Precision, recall and F1 of every class with their averages: scikit-learn's `classification_report`.
///
/// Where a value would be a division by zero it is 0, scikit-learn's `zero_division` by default, and
/// ``Scores/undefined`` says so. The averages take such zeros as they are, as scikit-learn's do.
public struct ClassificationReport: Sendable, Equatable {
    /// The columns of the report but the support, by scikit-learn's names.
    public enum Metric: String, Sendable, CaseIterable {
        /// Of the samples taken for the class, the share that is of it; undefined for a class never predicted.
        case precision
        /// Of the samples of the class, the share taken for it; undefined for a class without samples.
        case recall
        /// The harmonic mean of both; undefined for a class with neither samples nor predictions.
        case f1Score = "f1-score"
    }

    /// One line of the report.
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
        /// The values that are 0 only because they are undefined; empty for an average.
        public let undefined: Set<Metric>
    }

    /// One line a class, in the classes' order.
    public let classes: [Scores]
    /// The share of samples that were taken for what they are.
    public let accuracy: Double
    /// The plain mean over all classes.
    public let macroAverage: Scores
    /// The mean over all classes, weighted by support.
    public let weightedAverage: Scores
    /// How many samples there are.
    public let support: Int

    /// The report that follows from a confusion matrix.
    public init(_ matrix: ConfusionMatrix) {
        let (actual, predicted) = (matrix.trueCounts, matrix.predictedCounts)
        classes = matrix.classNames.indices.map { index in
            Scores(
                matrix.classNames[index], hits: matrix.counts[index][index], actual: actual[index],
                predicted: predicted[index])
        }
        accuracy = matrix.accuracy
        support = matrix.sampleCount
        macroAverage = Scores(averaging: classes, "macro avg", support) { _ in 1 }
        weightedAverage = Scores(averaging: classes, "weighted avg", support) { Double($0.support) }
    }

    /// The report of some predictions.
    public init(_ predictions: Predictions) { self.init(ConfusionMatrix(predictions)) }
}

extension ClassificationReport.Scores {
    init(_ name: String, hits: Int, actual: Int, predicted: Int) {
        var undefined: Set<ClassificationReport.Metric> = []
        func ratio(_ metric: ClassificationReport.Metric, _ part: Int, of whole: Int) -> Double {
            if whole == 0 { undefined.insert(metric) }
            return whole == 0 ? 0 : Double(part) / Double(whole)
        }
        self.name = name
        precision = ratio(.precision, hits, of: predicted)
        recall = ratio(.recall, hits, of: actual)
        f1Score = ratio(.f1Score, 2 * hits, of: actual + predicted)
        support = actual
        self.undefined = undefined
    }

    init(
        averaging classes: [Self], _ name: String, _ support: Int, weight: (Self) -> Double
    ) {
        let total = classes.reduce(0) { $0 + weight($1) }
        func mean(_ value: KeyPath<Self, Double>) -> Double {
            total == 0 ? 0 : classes.reduce(0) { $0 + weight($1) * $1[keyPath: value] } / total
        }
        self.name = name
        precision = mean(\.precision)
        recall = mean(\.recall)
        f1Score = mean(\.f1Score)
        self.support = support
        undefined = []
    }
}
