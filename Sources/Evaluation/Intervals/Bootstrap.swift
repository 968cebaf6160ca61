/// Draws samples anew with replacement, to see how far a result would have been another.
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
    func replicates<Value>(samples: Int, _ statistic: ([Int]) -> Value) -> [Value] {
        var generator = SplitMix64(state: seed)
        return (0..<resamples).map { _ in
            var weights = [Int](repeating: 0, count: samples)
            for _ in 0..<samples { weights[generator.index(below: samples)] += 1 }
            return statistic(weights)
        }
    }
}

/// The interval from one percentile to another of replicates that are defined, by straight lines between
/// them as NumPy's `percentile`; nil where fewer than two are.
func percentileInterval(_ replicates: [Double?], confidence: Double = 0.95) -> ConfidenceInterval? {
    let sorted = replicates.compactMap(\.self).sorted()
    guard sorted.count > 1 else { return nil }
    func percentile(_ share: Double) -> Double {
        let position = share * Double(sorted.count - 1)
        let below = min(Int(position), sorted.count - 2)
        return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
    }
    return ConfidenceInterval(
        low: percentile((1 - confidence) / 2), high: percentile((1 + confidence) / 2))
}

/// Steele, Lea and Flood's SplitMix64 (OOPSLA 2014), whose first state is the seed itself: simple enough to be
/// written down again where a result is to be checked.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A whole number from 0 to below the limit: the upper word of the product.
    mutating func index(below limit: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(limit)).high)
    }
}
