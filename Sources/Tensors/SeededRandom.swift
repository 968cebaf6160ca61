import Foundation

/// A small, repeatable generator of random numbers: SplitMix64.
///
/// Streams are derived from a seed and a path of numbers, so that what is drawn for a sample in an epoch
/// does not depend on which thread draws it or on what was drawn before:
/// ```swift
/// var random = SeededRandom(seed: experiment.seed, stream: epoch, sample)
/// ```
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The generator of one stream of a seed.
    public init(seed: UInt64, stream path: Int...) {
        state = Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15)
        for step in path {
            state = Self.mix(state ^ Self.mix(UInt64(bitPattern: Int64(step)) &+ 0x9E37_79B9_7F4A_7C15))
        }
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// A number drawn uniformly from `[0, 1)`, with 24 random bits: every value is exact in Float32.
    public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// A number drawn uniformly from a range.
    public mutating func uniform(in range: ClosedRange<Float>) -> Float {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    /// A number drawn from the normal distribution with mean 0 and deviation 1, by Box and Muller's method.
    public mutating func normal() -> Float {
        // 1 - uniform is never zero, so the logarithm is finite.
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }

    /// An index drawn uniformly from `0..<count`, by Lemire's method, without its negligible bias removed.
    public mutating func index(below count: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// The numbers `0..<count` in random order (Fisher and Yates). Unlike the standard library's
    /// `shuffled`, the order for a seed is ours and stays the same across toolchains.
    public mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, index(below: last + 1))
        }
        return order
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
