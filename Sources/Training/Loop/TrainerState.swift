import Layers
import Tensors

/// Everything that a trainer's next steps depend on.
///
/// Shuffling, augmentation and dropout draw their random numbers from the seed and from counters, so that
/// counters and arrays are all there is to remember. The arrays are shared with the trainer, which copies
/// those that it goes on to change: a state is to be let go of before the next step.
public struct TrainerState: Sendable {
    /// The network's arrays.
    public var parameters: Parameters
    /// How many steps were taken, in all stages.
    public var stepCount: Int
    /// What the stage's optimizer remembers.
    public var optimizer: Optimizer.State
    /// The average of the arrays, where one is kept.
    public var average: WeightAverage?

    /// A state.
    public init(
        parameters: Parameters, stepCount: Int, optimizer: Optimizer.State, average: WeightAverage? = nil
    ) {
        self.parameters = parameters
        self.stepCount = stepCount
        self.optimizer = optimizer
        self.average = average
    }
}

extension Optimizer {
    /// What an optimizer remembers.
    public struct State: Sendable {
        /// How many steps were taken in the stage.
        public var stepCount: Int
        /// What is remembered of each array: the velocity, or the means of gradients and of their squares.
        public var slots: [ParameterKey: [Tensor]]
        /// How many steps of the stage were over when an array joined; 0 for those that are not there.
        public var joined: [ParameterKey: Int]

        /// A state.
        public init(
            stepCount: Int, slots: [ParameterKey: [Tensor]], joined: [ParameterKey: Int] = [:]
        ) {
            self.stepCount = stepCount
            self.slots = slots
            self.joined = joined
        }
    }

    /// What the optimizer remembers now.
    public var state: State { State(stepCount: stepCount, slots: slots, joined: joined) }
}

extension Trainer {
    /// Goes back to earlier arrays: the best epoch's.
    /// - Throws: ``LayerError`` where arrays are missing or have other shapes.
    public mutating func restore(_ earlier: Parameters) throws {
        try network.check(earlier)
        parameters = earlier
        average = nil
    }

    /// Everything that the next steps depend on, as it is now.
    public var state: TrainerState {
        TrainerState(
            parameters: parameters, stepCount: stepCount, optimizer: optimizer.state, average: average)
    }

    /// Goes on where a trainer of the same network was in the stage that has just begun.
    /// - Throws: ``LayerError`` where arrays are missing or have other shapes,
    ///   ``TrainingError/optimizerState(array:expected:found:)``
    public mutating func resume(_ state: TrainerState) throws {
        for (key, slots) in state.optimizer.slots {
            let found = slots.map(\.shape)
            let expected = specs[key].map { Array(repeating: $0.shape, count: optimizer.slotCount) } ?? []
            guard found == expected else {
                throw TrainingError.optimizerState(array: "\(key)", expected: expected, found: found)
            }
        }
        try restore(state.parameters)
        if let average = state.average {
            var averaged = state.parameters
            averaged.merge(average.arrays)
            try network.check(averaged)
        }
        average = state.average
        stepCount = state.stepCount
        optimizer.resume(state.optimizer)
    }
}
