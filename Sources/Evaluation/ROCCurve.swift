/// A receiver operating characteristic: the rates of true and false positives as the threshold falls,
/// scikit-learn's `roc_curve`.
///
/// Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters, 2006.
public struct ROCCurve: Sendable, Equatable {
    /// The false positive rates, rising from 0 to 1.
    public let fpr: [Double]
    /// The true positive rates, one a false positive rate.
    public let tpr: [Double]
    /// The score from which on a sample counts as positive, one a point and first infinity; empty for
    /// an average over classes, whose points have no common threshold.
    public let thresholds: [Double]

    /// A curve with the given points.
    init(fpr: [Double], tpr: [Double], thresholds: [Double]) {
        self.fpr = fpr
        self.tpr = tpr
        self.thresholds = thresholds
    }

    /// The curve of a two-class problem, or nil where there are no positives or no negatives: one of the
    /// rates is undefined then.
    /// - Parameters:
    ///   - isPositive: whether each sample is a positive.
    ///   - scores: one a sample, the greater the more likely positive.
    ///   - dropIntermediate: whether points in the middle of a straight line are left out.
    public init?(isPositive: [Bool], scores: [Double], dropIntermediate: Bool = true) {
        let points = ThresholdSweep(Decisions(isPositive: isPositive, scores: scores)).points
        guard let last = points.last, last.truePositives > 0, last.falsePositives > 0 else { return nil }
        let kept = dropIntermediate ? Self.corners(of: points) : points
        fpr = [0] + kept.map { Double($0.falsePositives) / Double(last.falsePositives) }
        tpr = [0] + kept.map { Double($0.truePositives) / Double(last.truePositives) }
        thresholds = [.infinity] + kept.map(\.threshold)
    }

    /// The area under the curve by the trapezoidal rule: scikit-learn's `auc`.
    public var auc: Double {
        var area = 0.0
        for index in fpr.indices.dropFirst() {
            area += (fpr[index] - fpr[index - 1]) * (tpr[index] + tpr[index - 1]) / 2
        }
        return area
    }

    /// Leaves out a point whose two neighbours are as far from it in both counts. Longer straight lines of
    /// uneven steps stay, just as scikit-learn leaves them.
    private static func corners(of points: [ThresholdSweep.Point]) -> [ThresholdSweep.Point] {
        points.indices.filter { index in
            guard index > 0, index + 1 < points.count else { return true }
            let (before, point, after) = (points[index - 1], points[index], points[index + 1])
            return after.falsePositives - point.falsePositives != point.falsePositives - before.falsePositives
                || after.truePositives - point.truePositives != point.truePositives - before.truePositives
        }.map { points[$0] }
    }
}
