import Foundation

/// How the numbers of a parameter are distributed, with Weights & Biases' meaning.
///
/// A number begins as one of the base's, goes through the scale, and is rounded to a multiple of the step. Samplers
/// see it as a coordinate: the share of the base's numbers that lie below it, which is uniform on `[0, 1]` whatever
/// the distribution.
public struct NumericDistribution: Sendable, Equatable {
    /// What a number begins as.
    public enum Base: Sendable, Equatable {
        /// Equally likely between two numbers.
        case uniform(Double, Double)
        /// Normally distributed.
        case normal(mean: Double, deviation: Double)
    }

    /// What becomes of it.
    public enum Scale: Sendable, Equatable {
        /// Itself.
        case linear
        /// The number whose natural logarithm it is.
        case logarithmic
        /// The number whose inverse's natural logarithm it is.
        case inverseLogarithmic
    }

    /// What a number begins as.
    public var base: Base
    /// What becomes of it.
    public var scale: Scale = .linear
    /// What it is then rounded to a multiple of; nil for nothing.
    public var step: Double?
    /// Whether it is one of several whole numbers, each as likely as another.
    public var isInteger = false

    /// Whether its numbers are whole, and are written so.
    public var isWhole: Bool { step.map { $0 == $0.rounded() } ?? false }

    /// A distribution.
    public init(base: Base, scale: Scale = .linear, step: Double? = nil, isInteger: Bool = false) {
        self.base = base
        self.scale = scale
        self.step = step
        self.isInteger = isInteger
    }

    /// Whole numbers between two, both included, each as likely as another.
    public static func integers(_ least: Int, _ greatest: Int) -> NumericDistribution {
        NumericDistribution(
            base: .uniform(Double(least) - 0.5, Double(greatest) + 0.5), step: 1, isInteger: true)
    }

    /// The number at a coordinate of `[0, 1]`.
    public func number(at coordinate: Double) -> Double {
        rounded(scaled(quantile(min(max(coordinate, 0), 1))))
    }

    /// The coordinate of a number; where numbers are rounded, the middle of those that become it.
    public func coordinate(of number: Double) -> Double {
        guard step != nil else { return share(below: number) }
        let interval = interval(of: number)
        return (interval.lowerBound + interval.upperBound) / 2
    }

    /// The coordinates that become a number by rounding.
    func interval(of number: Double) -> ClosedRange<Double> {
        let half = (step ?? 0) / 2
        let ends = [share(below: number - half), share(below: number + half)]
        return min(ends[0], ends[1])...max(ends[0], ends[1])
    }

    /// All numbers, in ascending order; nil where they are not rounded or have no ends.
    public var numbers: [Double]? {
        guard let step, case .uniform = base else { return nil }
        let ends = [rounded(scaled(quantile(0))), rounded(scaled(quantile(1)))]
        // A half at the very end belongs to nobody else.
        let (low, high) =
            isInteger ? (number(at: 0), number(at: 1)) : (min(ends[0], ends[1]), max(ends[0], ends[1]))
        let count = ((high - low) / step).rounded()
        guard count < 1_000_000 else { return nil }
        return (0...Int(count)).map { rounded(low + Double($0) * step) }
    }

    private func quantile(_ share: Double) -> Double {
        switch base {
        case .uniform(let low, let high): low + share * (high - low)
        // The ends, which are infinite, are far beyond what any sampler draws.
        case .normal(let mean, let deviation):
            mean + deviation * NormalDistribution.quantile(min(max(share, 1e-12), 1 - 1e-12))
        }
    }

    private func scaled(_ number: Double) -> Double {
        switch scale {
        case .linear: number
        case .logarithmic: exp(number)
        case .inverseLogarithmic: exp(-number)
        }
    }

    private func rounded(_ number: Double) -> Double {
        guard let step else { return number }
        if isInteger, case .uniform(let low, let high) = base {
            return min(max(number.rounded(.toNearestOrEven), low + 0.5), high - 0.5)
        }
        let multiple = (number / step).rounded(.toNearestOrEven)
        // Dividing by what is whole keeps 3 × 0.1 from being 0.30000000000000004.
        let inverse = 1 / step
        return inverse == inverse.rounded() && inverse >= 1 ? multiple / inverse : multiple * step
    }

    private func share(below number: Double) -> Double {
        let latent: Double
        switch scale {
        case .linear: latent = number
        case .logarithmic: latent = number > 0 ? log(number) : -.infinity
        case .inverseLogarithmic: latent = number > 0 ? -log(number) : .infinity
        }
        let share: Double
        switch base {
        case .uniform(let low, let high): share = high > low ? (latent - low) / (high - low) : 0.5
        case .normal(let mean, let deviation):
            share = NormalDistribution.cumulative((latent - mean) / deviation)
        }
        return min(max(share, 0), 1)
    }
}
