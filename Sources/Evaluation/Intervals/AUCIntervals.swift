/// The areas under the ROC curves of all classes and their averages, with intervals of 95 %.
///
/// Samples, not decisions, are drawn anew for the bootstrap, so that the averages' intervals respect that the
/// scores of a sample belong together. DeLong's interval takes decisions as independent, which those of the
/// micro average are not: it is there for the classes alone.
public struct AUCIntervals: Sendable, Equatable {
    /// A curve's area.
    public struct Line: Sendable, Equatable {
        /// The class's name, `micro` or `macro_ovr`.
        public let name: String
        /// The area; nil where it is undefined.
        public let auc: Double?
        /// Its standard error by DeLong; nil where there are too few samples, and for averages.
        public let standardError: Double?
        /// DeLong's interval.
        public let deLong: ConfidenceInterval?
        /// The percentile interval of the resamples in which the area is defined.
        public let bootstrap: ConfidenceInterval?
        /// How many resamples those are.
        public let resamples: Int
    }

    /// The classes in their order, then `micro` and `macro_ovr`.
    public let lines: [Line]

    /// The areas of some predictions.
    public init(_ predictions: some OneVsRest, _ bootstrap: Bootstrap? = nil) {
        let names = predictions.classNames
        let decisions = names.indices.map { predictions.decisions(class: $0) }
        let areas = decisions.map { WeightedArea($0, scoresPerSample: 1) }
        let pooled = WeightedArea(predictions.pooledDecisions, scoresPerSample: names.count)
        let bootstrap = bootstrap ?? Bootstrap(decisions: predictions.sampleCount * names.count)
        func all(_ weights: [Int]) -> [Double?] {
            let values = areas.map { $0(weights) }
            return values + [pooled(weights), mean(values)]
        }
        let found = all([Int](repeating: 1, count: predictions.sampleCount))
        let replicates = bootstrap.replicates(samples: predictions.sampleCount, all)
        lines = (names + ["micro", "macro_ovr"]).enumerated().map { index, name in
            let estimate = index < decisions.count ? DeLongEstimate(decisions[index]) : nil
            let values = replicates.map { $0[index] }
            let isDefined = found[index] != nil
            return Line(
                name: name, auc: found[index], standardError: estimate?.standardError,
                deLong: estimate?.interval(), bootstrap: isDefined ? percentileInterval(values) : nil,
                resamples: isDefined ? values.count { $0 != nil } : 0)
        }
    }
}

/// The mean of the numbers that are there; nil where there are none.
private func mean(_ values: [Double?]) -> Double? {
    let defined = values.compactMap(\.self)
    return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
}

/// The area under a ROC curve of samples that count several times or not at all. The order of the scores is
/// worked out once, so that each resample takes one pass.
private struct WeightedArea {
    /// The decisions by rising scores: their sample, whether it is positive, and whether the next has a
    /// greater score.
    private let steps: [(sample: Int, isPositive: Bool, endsTie: Bool)]

    init(_ decisions: Decisions, scoresPerSample: Int) {
        let scores = decisions.scores
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        steps = order.enumerated().map { position, index in
            let endsTie = position + 1 == order.count || scores[order[position + 1]] != scores[index]
            return (index / scoresPerSample, decisions.isPositive[index], endsTie)
        }
    }

    /// The area; nil where no positive or no negative counts.
    func callAsFunction(_ weights: [Int]) -> Double? {
        var (positives, negatives) = (0, 0)
        var (tiedPositives, tiedNegatives) = (0, 0)
        // Twice the number of pairs in the right order, so that a tie is one.
        var pairs = 0
        for step in steps {
            let weight = weights[step.sample]
            if step.isPositive { tiedPositives += weight } else { tiedNegatives += weight }
            guard step.endsTie else { continue }
            pairs += tiedPositives * (2 * negatives + tiedNegatives)
            positives += tiedPositives
            negatives += tiedNegatives
            (tiedPositives, tiedNegatives) = (0, 0)
        }
        guard positives > 0, negatives > 0 else { return nil }
        return Double(pairs) / (2 * Double(positives) * Double(negatives))
    }
}
