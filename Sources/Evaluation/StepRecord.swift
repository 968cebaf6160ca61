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
    /// From the loss to the gradients.
    public var backward: Double
    /// From the gradients to new weights. An array is updated as soon as its gradient is there, so that this is spread
    /// over the backward pass.
    public var update: Double

    /// Timings.
    public init(data: Double = 0, forward: Double = 0, backward: Double = 0, update: Double = 0) {
        (self.data, self.forward, self.backward, self.update) = (data, forward, backward, update)
    }

    /// Timings as JSON has them; what earlier versions wrote had the update within the backward pass.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        data = try values.decode(Double.self, forKey: .data)
        forward = try values.decode(Double.self, forKey: .forward)
        backward = try values.decode(Double.self, forKey: .backward)
        update = try values.decodeIfPresent(Double.self, forKey: .update) ?? 0
    }

    /// The sum of two.
    public static func + (left: StepTimings, right: StepTimings) -> StepTimings {
        StepTimings(
            data: left.data + right.data, forward: left.forward + right.forward,
            backward: left.backward + right.backward, update: left.update + right.update)
    }
}
