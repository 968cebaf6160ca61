/// Draws samples anew with replacement, to see how far a result would have been another. Equal seeds draw the same
/// samples, so that several classifiers can be judged by the same.
///
/// Efron and Tibshirani, "An introduction to the bootstrap", 1993: the percentile interval.
public struct Bootstrap: Sendable {
    /// How often all samples are drawn.
    public let resamples: Int
    /// The seed; the same one draws the same samples.
    public let seed: UInt64

    /// A bootstrap.
    public init(resamples: Int = 1000, seed: UInt64 = 0) {
        self.resamples = resamples
        self.seed = seed
    }

    /// As many resamples as there is time for: 1000, but fewer (100 at least) where there are millions of
    /// decisions, whose intervals are narrow anyway.
    public init(decisions: Int) {
        self.init(resamples: max(100, min(1000, 2_000_000_000 / max(decisions, 1))))
    }

    /// Works out something of every resample.
    /// - Parameter statistic: what to work out of how often each sample was drawn; nil where it is undefined.
    /// - Returns: what it came to, resample by resample.
    public func replicates<Value>(samples: Int, _ statistic: ([Int]) -> Value) -> [Value] {
        var generator = SplitMix64(state: seed)
        return (0..<resamples).map { _ in
            var weights = [Int](repeating: 0, count: samples)
            for _ in 0..<samples { weights[generator.index(below: samples)] += 1 }
            return statistic(weights)
        }
    }
}

/// The interval of 95 % of the replicates that are defined, by NumPy's `percentile`; nil where fewer than two are.
public func percentileInterval(_ replicates: [Double?]) -> ConfidenceInterval? {
    let sorted = replicates.compactMap(\.self).sorted()
    guard sorted.count > 1 else { return nil }
    func quantile(_ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let index = Int(place)
        guard index + 1 < sorted.count else { return sorted[index] }
        return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
    }
    return ConfidenceInterval(low: quantile(0.025), high: quantile(0.975))
}
