import Training

/// A stage of the training: what is trained, how long, and how.
public struct StageConfiguration: Sendable, Equatable {
    /// The stage's name in logs and charts.
    public var name: String
    /// Which layers stay as they are.
    public var freezing: Freezing
    /// How often all training pictures are shown.
    public var epochs: Int
    /// How many pictures a step takes; nil for ``TrainingConfiguration/batchSize``.
    public var batchSize: Int?
    /// How many batches make a step together, so that memory is needed for one of them only.
    public var accumulate: Int
    /// How arrays follow their gradients.
    public var optimizer: OptimizerSettings
    /// The learning rate and its course.
    public var learningRate: LearningRateSchedule

    /// A stage with the defaults of the YAML file.
    public init(
        name: String, freezing: Freezing = .freeze(.selection(.none)), epochs: Int, batchSize: Int? = nil,
        accumulate: Int = 1, optimizer: OptimizerSettings = .adam(), learningRate: LearningRateSchedule
    ) {
        self.name = name
        self.freezing = freezing
        self.epochs = epochs
        self.batchSize = batchSize
        self.accumulate = accumulate
        self.optimizer = optimizer
        self.learningRate = learningRate
    }
}
