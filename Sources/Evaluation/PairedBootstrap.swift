/// How far a metric, and the difference of two classifiers in it, may be off, by drawing the same samples again and
/// again with replacement.
///
/// The percentile interval of Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13.
public struct PairedBootstrap: Sendable {
    /// The draws, each a list of samples' positions.
    private let draws: [[Int32]]

    /// Draws for so many samples. Equal seeds give equal draws, so that several classifiers are judged by the same.
    /// - Parameters:
    ///   - samples: how many samples there are.
    ///   - draws: how often they are drawn.
    ///   - seed: what the draws follow from.
    public init(samples: Int, draws: Int = 2000, seed: UInt64 = 0) {
        var random = SplitMix64(state: seed)
        self.draws = (0..<draws).map { _ in
            (0..<samples).map { _ in Int32(random.index(below: samples)) }
        }
    }

    /// A metric of each draw.
    /// - Parameter metric: of the samples at the positions given.
    public func values(_ metric: ([Int32]) -> Double) -> [Double] { draws.map(metric) }

    /// The 2.5 % and 97.5 % quantiles of some values, NumPy's `percentile`.
    public static func interval(_ values: [Double]) -> (lower: Double, upper: Double) {
        let sorted = values.sorted()
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let index = Int(place)
            guard index + 1 < sorted.count else { return sorted.last ?? .nan }
            return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
        }
        return (quantile(0.025), quantile(0.975))
    }
}

/// Steele, Lea and Flood's generator, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A whole number from 0 on, below a limit; off a fair one by less than 2⁻³² for limits below 2³².
    mutating func index(below limit: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(limit)).high) }
}
