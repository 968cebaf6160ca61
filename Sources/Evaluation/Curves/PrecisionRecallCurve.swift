/// Precision over recall as the threshold rises: scikit-learn's `precision_recall_curve`.
public struct PrecisionRecallCurve: Sendable, Equatable {
    /// Of the samples taken for positives, the share that is; the last is 1, by convention.
    public let precision: [Double]
    /// Of the positives, the share taken for such, falling; the last is 0.
    public let recall: [Double]
    /// The score from which on a sample counts as positive, rising; one less than points.
    public let thresholds: [Double]
    /// `Σ (Rₙ − Rₙ₋₁) Pₙ`, scikit-learn's `average_precision_score`: not the area by the trapezoidal rule,
    /// which is too good.
    public let averagePrecision: Double

    /// The curve of a two-class problem, or nil where there are no positives: recall is undefined then.
    /// - Parameter dropIntermediate: whether of the points with one recall only the first and the last stay.
    public init?(_ decisions: Decisions, dropIntermediate: Bool = true) {
        let points = ThresholdSweep(decisions).points
        guard let total = points.last?.truePositives, total > 0 else { return nil }
        let kept = dropIntermediate ? ThresholdSweep.ends(of: points) : points
        precision = kept.reversed().map(\.precision) + [1]
        recall = kept.reversed().map { Double($0.truePositives) / Double(total) } + [0]
        thresholds = kept.reversed().map(\.threshold)
        averagePrecision = Self.averagePrecision(points)
    }

    private static func averagePrecision(_ points: [ThresholdSweep.Point]) -> Double {
        let total = Double(points.last?.truePositives ?? 0)
        var (sum, counted) = (0.0, 0)
        for point in points {
            sum += Double(point.truePositives - counted) / total * point.precision
            counted = point.truePositives
        }
        return sum
    }
}

extension ThresholdSweep.Point {
    fileprivate var precision: Double { Double(truePositives) / Double(truePositives + falsePositives) }
}

/// The precision-recall curves of a problem with several classes, each class against the rest.
public struct OneVsRestPrecisionRecall: Sendable, Equatable {
    /// One class against the rest.
    public struct ClassCurve: Sendable, Equatable {
        /// The class's name.
        public let name: String
        /// How many samples are of the class.
        public let positives: Int
        /// The curve; nil where there are no positives.
        public let curve: PrecisionRecallCurve?
    }

    /// The classes' curves, in the classes' order.
    public let classes: [ClassCurve]
    /// The curve of all scores together, each a decision of its own; nil where nothing is positive.
    public let microAverage: PrecisionRecallCurve?
    /// How many samples there are.
    public let sampleCount: Int

    /// The curves of some predictions.
    public init(_ predictions: some OneVsRest, dropIntermediate: Bool = true) {
        classes = predictions.classNames.enumerated().map { index, name in
            let decisions = predictions.decisions(class: index)
            return ClassCurve(
                name: name, positives: decisions.positives,
                curve: PrecisionRecallCurve(decisions, dropIntermediate: dropIntermediate))
        }
        microAverage = PrecisionRecallCurve(
            predictions.pooledDecisions, dropIntermediate: dropIntermediate)
        sampleCount = predictions.sampleCount
    }

    /// The mean average precision of the classes that have a curve: `average_precision_score(…,
    /// average="macro")`, which has 0 for the others; nil where none has.
    public var macroAveragePrecision: Double? {
        let values = classes.compactMap { $0.curve?.averagePrecision }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
