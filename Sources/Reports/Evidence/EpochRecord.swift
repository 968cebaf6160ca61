/// What one epoch of training came to.
public struct EpochRecord: Sendable, Equatable {
    /// The name of the stage that the epoch is part of.
    public var stage: String
    /// The epoch's number, as the run counts epochs.
    public var epoch: Int
    /// The learning rate at the epoch's end.
    public var learningRate: Double
    /// The mean training loss.
    public var loss: Double
    /// The share of training samples that were predicted correctly.
    public var accuracy: Double
    /// The mean loss of the validation samples; nil where there are none.
    public var validationLoss: Double?
    /// The share of validation samples that were predicted correctly; nil where there are none.
    public var validationAccuracy: Double?
    /// How long the epoch took.
    public var seconds: Double
    /// How many training pictures went through the network in a second.
    public var imagesPerSecond: Double

    /// An epoch.
    public init(
        stage: String, epoch: Int, learningRate: Double, loss: Double, accuracy: Double,
        validationLoss: Double? = nil, validationAccuracy: Double? = nil, seconds: Double,
        imagesPerSecond: Double
    ) {
        self.stage = stage
        self.epoch = epoch
        self.learningRate = learningRate
        self.loss = loss
        self.accuracy = accuracy
        self.validationLoss = validationLoss
        self.validationAccuracy = validationAccuracy
        self.seconds = seconds
        self.imagesPerSecond = imagesPerSecond
    }
}

/// The epochs of a run in the order in which they were trained.
public struct LearningHistory: Sendable, Equatable {
    /// The epochs, of all stages.
    public var epochs: [EpochRecord]
    /// The position in ``epochs`` of the one whose weights were kept; nil where none stands out.
    public var best: Int?

    /// Epochs in a row that are of one stage.
    struct Stage {
        var name: String
        /// Their numbers through all stages, counted from 1, the last one included.
        var epochs: ClosedRange<Int>
    }

    /// The stages in their order.
    var stages: [Stage] {
        var stages: [Stage] = []
        for (index, epoch) in epochs.enumerated() {
            if let last = stages.last, last.name == epoch.stage {
                stages[stages.count - 1].epochs = last.epochs.lowerBound...index + 1
            } else {
                stages.append(Stage(name: epoch.stage, epochs: index + 1...index + 1))
            }
        }
        return stages
    }

    /// A history.
    public init(epochs: [EpochRecord], best: Int? = nil) {
        self.epochs = epochs
        self.best = best
    }
}
