import Layers

/// A stage of training: what is trained, how long and how.
public struct TrainingStage: Sendable {
    /// The name, for logs.
    public var name: String
    /// The names of the layers that are trained, all of them from the start or gradually.
    public var layers: Set<String>
    /// How the layers are unfrozen one after another; nil where all are trained from the start.
    public var unfreezing: GradualUnfreezing?
    /// What batch normalizations do.
    public var batchNormalization = BatchNormalizationPolicy()
    /// What the learning rate is multiplied by, by layer group; 1 for groups that are not there.
    public var learningRateFactors: [String: Double] = [:]
    /// How often every picture is shown, at most.
    public var epochs: Int
    /// How arrays follow their gradients.
    public var optimizer: OptimizerSettings
    /// The learning rate over the stage.
    public var schedule: LearningRateSchedule
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

    /// The layers that are trained in an epoch, counted from 0.
    public func layers(of network: Network, inEpoch epoch: Int) -> Set<String> {
        unfreezing?.layers(layers, of: network, inEpoch: epoch) ?? layers
    }
}
