/// A stage of training: what is trained, how long and how.
public struct TrainingStage: Sendable {
    /// The name, for logs.
    public var name: String
    /// The names of the layers that are trained.
    public var layers: Set<String>
    /// How often every picture is shown, at most.
    public var epochs: Int
    /// How arrays follow their gradients.
    public var optimizer: OptimizerSettings
    /// The learning rate over the stage.
    public var schedule: LearningRateSchedule
    /// How many batches make a step together.
    public var accumulate = 1
    /// What keeps the weights small.
    public var regularization: Regularization
    /// When the stage ends early; nil for never.
    public var earlyStopping: EarlyStopping?

    /// A stage.
    public init(
        name: String, layers: Set<String>, epochs: Int, optimizer: OptimizerSettings,
        schedule: LearningRateSchedule, regularization: Regularization = Regularization(),
        earlyStopping: EarlyStopping? = nil
    ) {
        self.name = name
        self.layers = layers
        self.epochs = epochs
        self.optimizer = optimizer
        self.schedule = schedule
        self.regularization = regularization
        self.earlyStopping = earlyStopping
    }
}
