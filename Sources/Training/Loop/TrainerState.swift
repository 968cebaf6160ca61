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

    /// A state.
    public init(parameters: Parameters, stepCount: Int, optimizer: Optimizer.State) {
        self.parameters = parameters
        self.stepCount = stepCount
        self.optimizer = optimizer
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
