import Foundation

/// McNemar's exact test: do two classifiers err equally often, judged by the same samples?
///
/// It looks only at the samples that one has right and the other wrong; if the two are equally good, each such
/// sample is a fair coin's throw. McNemar, "Note on the sampling error of the difference between correlated
/// proportions", Psychometrika, 1947.
public struct McNemarTest: Sendable, Equatable {
    /// How many samples only the first has right.
    public let onlyFirst: Int
    /// How many samples only the second has right.
    public let onlySecond: Int

    /// The test of two lists, one value a sample.
    public init(first: [Bool], second: [Bool]) {
        precondition(first.count == second.count, "\(first.count) and \(second.count) samples")
        let pairs = zip(first, second)
        onlyFirst = pairs.count { $0 && !$1 }
        onlySecond = pairs.count { !$0 && $1 }
    }

    /// The probability of a division at least as uneven, if both are equally good: the two-sided binomial test,
    /// SciPy's `binomtest(onlyFirst, onlyFirst + onlySecond)`.
    public var pValue: Double {
        let (count, fewer) = (onlyFirst + onlySecond, min(onlyFirst, onlySecond))
        guard 2 * fewer < count else { return 1 }
        // Logarithms, as the terms of thousands of throws are too small for a number.
        let logAll = log(0.5) * Double(count) + lgamma(Double(count + 1))
        let tail = (0...fewer).reduce(0.0) { sum, k in
            let logWays: Double = lgamma(Double(k + 1)) + lgamma(Double(count - k + 1))
            return sum + exp(logAll - logWays)
        }
        return min(1, 2 * tail)
    }
}
