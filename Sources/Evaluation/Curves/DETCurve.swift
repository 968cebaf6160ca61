/// A detection error tradeoff: the rate of misses over the rate of false alarms, scikit-learn's `det_curve`.
///
/// Martin et al., "The DET curve in assessment of detection task performance", Eurospeech 1997.
public struct DETCurve: Sendable, Equatable {
    /// The false positive rates, falling.
    public let fpr: [Double]
    /// The false negative rates, rising.
    public let fnr: [Double]
    /// The score from which on a sample counts as positive, rising; one a point, the last may be infinity.
    public let thresholds: [Double]

    /// The curve of a two-class problem, or nil where there are no positives or no negatives.
    /// - Parameter dropIntermediate: whether of the points with one rate of misses only the ends stay.
    public init?(_ decisions: Decisions, dropIntermediate: Bool = true) {
        let start = ThresholdSweep.Point(threshold: .infinity, truePositives: 0, falsePositives: 0)
        let all = [start] + ThresholdSweep(decisions).points
        let points = dropIntermediate ? ThresholdSweep.ends(of: all) : all
        guard let last = points.last, last.truePositives > 0, last.falsePositives > 0 else { return nil }
        // From where there is the last without false alarms to the first without misses.
        let first = points.lastIndex { $0.falsePositives == 0 } ?? 0
        let end = points.firstIndex { $0.truePositives == last.truePositives } ?? points.count - 1
        let kept = first <= end ? points[first...end].reversed() : []
        fpr = kept.map { Double($0.falsePositives) / Double(last.falsePositives) }
        fnr = kept.map { Double(last.truePositives - $0.truePositives) / Double(last.truePositives) }
        thresholds = kept.map(\.threshold)
    }

    /// The error rate where misses are as frequent as false alarms, on the straight line between the two
    /// points around it; 0 where some threshold makes no error.
    public var equalErrorRate: Double {
        guard let crossing = fpr.indices.first(where: { fnr[$0] >= fpr[$0] }), crossing > 0 else { return 0 }
        let (before, after) = (fpr[crossing - 1] - fnr[crossing - 1], fpr[crossing] - fnr[crossing])
        let share = before == after ? 0 : before / (before - after)
        return fpr[crossing - 1] + share * (fpr[crossing] - fpr[crossing - 1])
    }
}

/// The DET curves of a problem with several classes, each class against the rest.
public struct OneVsRestDET: Sendable, Equatable {
    /// The classes' curves, in the classes' order; nil where there are no positives or no negatives.
    public let classes: [(name: String, curve: DETCurve?)]
    /// The curve of all scores together, each a decision of its own.
    public let microAverage: DETCurve?

    /// The curves of some predictions.
    public init(_ predictions: some OneVsRest, dropIntermediate: Bool = true) {
        classes = predictions.classNames.enumerated().map { index, name in
            (name, DETCurve(predictions.decisions(class: index), dropIntermediate: dropIntermediate))
        }
        microAverage = DETCurve(predictions.pooledDecisions, dropIntermediate: dropIntermediate)
    }

    /// Whether two sets of curves are the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.classes.map(\.name) == right.classes.map(\.name)
            && left.classes.map(\.curve) == right.classes.map(\.curve)
            && left.microAverage == right.microAverage
    }
}
