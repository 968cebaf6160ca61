/// What a step of training came to: a row of `steps.csv`.
public struct StepRecord: Sendable, Equatable {
    /// The stage's name.
    public var stage: String
    /// The epoch, counted from 1 through all stages.
    public var epoch: Int
    /// The step of the epoch, counted from 1.
    public var step: Int
    /// The step's learning rate.
    public var learningRate: Double
    /// The mean loss of its pictures, penalties included; of the last batch, where several make a step.
    public var loss: Double
    /// The share of those pictures that were classified correctly.
    public var accuracy: Double
    /// How long it took.
    public var timings: StepTimings

    /// A record.
    public init(
        stage: String, epoch: Int, step: Int, learningRate: Double, loss: Double, accuracy: Double,
        timings: StepTimings
    ) {
        (self.stage, self.epoch, self.step) = (stage, epoch, step)
        (self.learningRate, self.loss, self.accuracy) = (learningRate, loss, accuracy)
        self.timings = timings
    }
}

/// Where the time of training goes, in seconds.
public struct StepTimings: Sendable, Equatable, Codable {
    /// Waiting for pictures to be read and varied, which other threads do meanwhile.
    public var data: Double
    /// From the pictures to the loss.
    public var forward: Double
    /// From the loss to new weights. Weights are updated as soon as their gradient is there, so that the backward pass
    /// and the update are one.
    public var backward: Double

    /// Timings.
    public init(data: Double = 0, forward: Double = 0, backward: Double = 0) {
        (self.data, self.forward, self.backward) = (data, forward, backward)
    }

    /// The sum of two.
    public static func + (left: StepTimings, right: StepTimings) -> StepTimings {
        StepTimings(
            data: left.data + right.data, forward: left.forward + right.forward,
            backward: left.backward + right.backward)
    }
}
