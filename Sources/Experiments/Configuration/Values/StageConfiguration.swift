import Training

/// A stage of the training: what is trained, how long, and how.
public struct StageConfiguration: Sendable, Equatable {
    /// The stage's name in logs and charts.
    public var name: String
    /// Which layers stay as they are.
    public var freezing: Freezing
    /// How the others are unfrozen one group after another; nil where all are trained from the start.
    public var unfreezing: GradualUnfreezing?
    /// What batch normalizations do.
    public var batchNormalization: BatchNormalizationPolicy
    /// How often all training pictures are shown.
    public var epochs: Int
    /// How many pictures a step takes; nil for ``TrainingConfiguration/batchSize``.
    public var batchSize: Int?
    /// How arrays follow their gradients.
    public var optimizer: OptimizerSettings
    /// The learning rate and its course.
    public var learningRate: LearningRateSchedule
    /// How the learning rate differs between layer groups; a factor may also be given for `backbone`.
    public var rates: DiscriminativeRates

    /// A stage with the defaults of the YAML file.
    public init(
        name: String, freezing: Freezing = .freeze(.selection(.none)), unfreezing: GradualUnfreezing? = nil,
        batchNormalization: BatchNormalizationPolicy = .init(), epochs: Int, batchSize: Int? = nil,
        optimizer: OptimizerSettings = .adam(), learningRate: LearningRateSchedule,
        rates: DiscriminativeRates = .equal
    ) {
        self.name = name
        self.freezing = freezing
        self.unfreezing = unfreezing
        self.batchNormalization = batchNormalization
        self.epochs = epochs
        self.batchSize = batchSize
        self.optimizer = optimizer
        self.learningRate = learningRate
        self.rates = rates
    }
}
