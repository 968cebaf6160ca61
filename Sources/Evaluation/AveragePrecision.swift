/// The average precision, `Σ (Rₙ − Rₙ₋₁) Pₙ` over falling thresholds: scikit-learn's `average_precision_score`.
/// nil where there are no positives.
/// - Parameters:
///   - isPositive: whether each sample is a positive.
///   - scores: one a sample, the greater the more likely positive.
public func averagePrecision(isPositive: [Bool], scores: [Double]) -> Double? {
    let total = isPositive.count { $0 }
    guard total > 0 else { return nil }
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var (sum, positives, counted) = (0.0, 0, 0)
    for (position, index) in order.enumerated() {
        if isPositive[index] { positives += 1 }
        // Equal scores have one threshold.
        let isTied = position + 1 < order.count && scores[order[position + 1]] == scores[index]
        guard !isTied else { continue }
        sum += Double(positives - counted) / Double(total) * Double(positives) / Double(position + 1)
        counted = positives
    }
    return sum
}
