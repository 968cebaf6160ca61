import Foundation

/// How the learning rate changes over the steps of a stage.
public struct LearningRateSchedule: Sendable, Equatable {
    /// The shape of the curve after the warm-up.
    public enum Shape: Sendable, Equatable {
        /// It stays.
        case constant
        /// It is multiplied by `factor` every so many epochs.
        case step(everyEpochs: Double, factor: Double)
        /// It is multiplied by `rate` every so many epochs, continuously.
        case exponential(rate: Double, everyEpochs: Double)
        /// It falls to `end` (a share of the base) as a power of the time that is left.
        case polynomial(power: Double, end: Double)
        /// It falls to `end` (a share of the base) along half a cosine: Loshchilov and Hutter, "SGDR",
        /// ICLR 2017.
        case cosine(end: Double)
    }

    /// The learning rate at the curve's beginning.
    public var base: Double
    /// The curve.
    public var shape: Shape
    /// For how many epochs the rate first rises evenly from zero.
    public var warmupEpochs: Double

    /// A schedule.
    public init(base: Double, shape: Shape = .constant, warmupEpochs: Double = 0) {
        self.base = base
        self.shape = shape
        self.warmupEpochs = warmupEpochs
    }

    /// The learning rate of a step.
    /// - Parameters:
    ///   - step: counted from 0 through the whole stage.
    ///   - stepsPerEpoch: how many steps an epoch has.
    ///   - epochs: how many epochs the stage has.
    public func learningRate(step: Int, stepsPerEpoch: Int, epochs: Int) -> Double {
        let epoch = Double(step) / Double(max(stepsPerEpoch, 1))
        if epoch < warmupEpochs {
            // The first step is not wasted on a rate of zero.
            return base * Double(step + 1) / (warmupEpochs * Double(stepsPerEpoch)).rounded(.up)
        }
        let elapsed = epoch - warmupEpochs
        let progress = min(elapsed / max(Double(epochs) - warmupEpochs, .leastNonzeroMagnitude), 1)
        switch shape {
        case .constant: return base
        case .step(let everyEpochs, let factor):
            return base * pow(factor, (elapsed / everyEpochs).rounded(.down))
        case .exponential(let rate, let everyEpochs): return base * pow(rate, elapsed / everyEpochs)
        case .polynomial(let power, let end): return base * (end + (1 - end) * pow(1 - progress, power))
        case .cosine(let end): return base * (end + (1 - end) * (1 + cos(.pi * progress)) / 2)
        }
    }
}
