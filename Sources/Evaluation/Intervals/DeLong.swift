/// The area under a ROC curve with its standard error, without any assumption on how scores are distributed.
///
/// DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating
/// characteristic curves", Biometrics, 1988; by mid-ranks as Sun and Xu, IEEE Signal Processing Letters, 2014.
public struct DeLongEstimate: Sendable, Equatable {
    /// The area under the curve.
    public let auc: Double
    /// Its standard error.
    public let standardError: Double

    /// The estimate, or nil where there are fewer than two positives or two negatives: a variance needs two.
    public init?(_ decisions: Decisions) {
        let (isPositive, scores) = (decisions.isPositive, decisions.scores)
        let positives = scores.indices.filter { isPositive[$0] }.map { scores[$0] }
        let negatives = scores.indices.filter { !isPositive[$0] }.map { scores[$0] }
        guard positives.count > 1, negatives.count > 1 else { return nil }
        let (m, n) = (Double(positives.count), Double(negatives.count))
        let together = midranks(positives + negatives)
        // How much of the other class each sample is on the right side of.
        let hits = zip(together, midranks(positives)).map { ($0 - $1) / n }
        let correct = zip(together.dropFirst(positives.count), midranks(negatives)).map { 1 - ($0 - $1) / m }
        auc = hits.reduce(0, +) / m
        // There are two of each, and so a variance.
        let (ofHits, ofCorrect) = (SampleSpread(hits).variance ?? 0, SampleSpread(correct).variance ?? 0)
        standardError = (ofHits / m + ofCorrect / n).squareRoot()
    }

    /// The interval around the area by the normal distribution, cut at 0 and 1.
    public func interval(confidence: Double = 0.95) -> ConfidenceInterval {
        let reach = normalQuantile(0.5 + confidence / 2) * standardError
        return ConfidenceInterval(low: max(auc - reach, 0), high: min(auc + reach, 1))
    }
}

/// The ranks of numbers, counted from 1; equal numbers share the middle of theirs.
private func midranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start
        while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
        for position in start...end { ranks[order[position]] = Double(start + end) / 2 + 1 }
        start = end + 1
    }
    return ranks
}
