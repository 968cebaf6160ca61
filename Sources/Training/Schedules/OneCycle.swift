import Foundation

/// The learning rate rises from a part of the base to the base and falls far below where it began, while the
/// momentum goes the other way: Smith and Topin, "Super-convergence", 2017; PyTorch's `OneCycleLR`.
public struct OneCycle: Sendable, Equatable {
    /// The curve between the rates.
    public enum Anneal: String, Sendable, CaseIterable {
        /// Half a cosine.
        case cosine = "cos"
        /// A line.
        case linear
    }

    /// The share of the steps in which the rate rises; PyTorch's `pct_start`.
    public var rise: Double
    /// What the base is divided by at the beginning.
    public var divisor: Double
    /// What the first rate is divided by at the end.
    public var finalDivisor: Double
    /// The curve between the rates.
    public var anneal: Anneal
    /// Whether the rate falls as fast as it rose, and then in a third phase to its end.
    public var hasThreePhases: Bool
    /// The least momentum, when the rate is greatest, and the greatest; nil to leave it alone.
    public var momentum: ClosedRange<Double>?

    /// A cycle, with PyTorch's defaults.
    public init(
        rise: Double = 0.3, divisor: Double = 25, finalDivisor: Double = 1e4, anneal: Anneal = .cosine,
        hasThreePhases: Bool = false, momentum: ClosedRange<Double>? = 0.85...0.95
    ) {
        self.rise = rise
        self.divisor = divisor
        self.finalDivisor = finalDivisor
        self.anneal = anneal
        self.hasThreePhases = hasThreePhases
        self.momentum = momentum
    }

    /// What the base is multiplied by in a step, counted from 0.
    func factor(step: Double, of total: Double) -> Double {
        let first = 1 / divisor
        return value(step, total, low: first, high: 1, end: first / finalDivisor)
    }

    /// The momentum of a step.
    func momentum(step: Double, of total: Double) -> Double? {
        momentum.map { value(step, total, low: $0.upperBound, high: $0.lowerBound, end: $0.upperBound) }
    }

    private func value(_ step: Double, _ total: Double, low: Double, high: Double, end: Double) -> Double {
        let peak = rise * total - 1
        guard step > peak else { return between(low, high, step, 0...max(peak, 0)) }
        let back = 2 * rise * total - 2
        guard hasThreePhases, back < total - 1 else {
            return between(high, end, step, peak...max(total - 1, peak))
        }
        return step <= back
            ? between(high, low, step, peak...max(back, peak)) : between(low, end, step, back...(total - 1))
    }

    private func between(_ start: Double, _ end: Double, _ step: Double, _ range: ClosedRange<Double>)
        -> Double
    {
        let length = range.upperBound - range.lowerBound
        let share = length > 0 ? min((step - range.lowerBound) / length, 1) : 1
        return switch anneal {
        case .cosine: end + (start - end) / 2 * (cos(.pi * share) + 1)
        case .linear: (end - start) * share + start
        }
    }
}
