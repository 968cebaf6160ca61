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
        /// It falls along half a cosine again and again.
        case cosineRestarts(CosineRestarts)
        /// It rises to the base and falls far below where it began.
        case oneCycle(OneCycle)
        /// It stays until the validation no longer gets better.
        case reduceOnPlateau(ReduceOnPlateau)
    }

    /// The learning rate at the curve's beginning; at its peak, where it is one cycle.
    public var base: Double
    /// The curve.
    public var shape: Shape
    /// For how many epochs the rate first rises evenly from zero to the curve's beginning.
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
        let time = Time(self, step: step, stepsPerEpoch: stepsPerEpoch, epochs: epochs)
        if time.elapsed < 0 {
            // The first step is not wasted on a rate of zero.
            let share = Double(step + 1) / (warmupEpochs * Double(stepsPerEpoch)).rounded(.up)
            return share * base * factor(Time(elapsed: 0, epochs: time.epochs, stepsPerEpoch: stepsPerEpoch))
        }
        return base * factor(time)
    }

    /// The momentum of a step; nil where the schedule leaves it alone. See ``learningRate(step:stepsPerEpoch:epochs:)``.
    public func momentum(step: Int, stepsPerEpoch: Int, epochs: Int) -> Double? {
        guard case .oneCycle(let cycle) = shape else { return nil }
        let time = Time(self, step: step, stepsPerEpoch: stepsPerEpoch, epochs: epochs)
        return cycle.momentum(step: time.steps, of: time.totalSteps)
    }

    private func factor(_ time: Time) -> Double {
        switch shape {
        case .constant, .reduceOnPlateau: return 1
        case .step(let everyEpochs, let factor):
            return pow(factor, (time.elapsed / everyEpochs).rounded(.down))
        case .exponential(let rate, let everyEpochs): return pow(rate, time.elapsed / everyEpochs)
        case .polynomial(let power, let end): return end + (1 - end) * pow(1 - time.progress, power)
        case .cosine(let end): return end + (1 - end) * (1 + cos(.pi * time.progress)) / 2
        case .cosineRestarts(let restarts): return restarts.factor(elapsed: time.elapsed)
        case .oneCycle(let cycle): return cycle.factor(step: time.steps, of: time.totalSteps)
        }
    }

    /// When in a stage a step is.
    private struct Time {
        /// How many epochs after the warm-up.
        var elapsed: Double
        /// How many epochs there are after the warm-up.
        var epochs: Double
        var stepsPerEpoch: Int

        init(elapsed: Double, epochs: Double, stepsPerEpoch: Int) {
            self.elapsed = elapsed
            self.epochs = epochs
            self.stepsPerEpoch = max(stepsPerEpoch, 1)
        }

        init(_ schedule: LearningRateSchedule, step: Int, stepsPerEpoch: Int, epochs: Int) {
            self.init(
                elapsed: Double(step) / Double(max(stepsPerEpoch, 1)) - schedule.warmupEpochs,
                epochs: Double(epochs) - schedule.warmupEpochs, stepsPerEpoch: stepsPerEpoch)
        }

        var progress: Double { min(elapsed / max(epochs, .leastNonzeroMagnitude), 1) }
        var steps: Double { max(elapsed * Double(stepsPerEpoch), 0) }
        var totalSteps: Double { epochs * Double(stepsPerEpoch) }
    }
}
