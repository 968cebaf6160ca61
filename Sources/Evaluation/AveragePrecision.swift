/// The average precision, `Σ (Rₙ − Rₙ₋₁) Pₙ` over falling thresholds: scikit-learn's `average_precision_score`.
/// nil where there are no positives.
/// - Parameters:
///   - isPositive: whether each sample is a positive.
///   - scores: one a sample, the greater the more likely positive.
public func averagePrecision(isPositive: [Bool], scores: [Double]) -> Double? {
    PrecisionRecallCurve(Decisions(isPositive: isPositive, scores: scores))?.averagePrecision
}
