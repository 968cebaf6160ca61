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
    /// How many batches make a step together.
    public var accumulate = 1
    /// What keeps the weights small.
    public var regularization: Regularization
    /// What is made small; its label smoothing is that of the regularization.
    public var loss: Loss
    /// When the stage ends early; nil for never.
    public var earlyStopping: EarlyStopping?

    /// A stage.
    public init(
        name: String, layers: Set<String>, epochs: Int, optimizer: OptimizerSettings,
        schedule: LearningRateSchedule, regularization: Regularization = Regularization(),
        loss: Loss = Loss(), earlyStopping: EarlyStopping? = nil
    ) {
        self.name = name
        self.layers = layers
        self.epochs = epochs
        self.optimizer = optimizer
        self.schedule = schedule
        self.regularization = regularization
        self.loss = loss
        self.earlyStopping = earlyStopping
    }

    /// What is watched of the validation, by early stopping and by the schedule.
    var monitors: [EarlyStopping.Monitor] {
        var monitors = earlyStopping.map { [$0.monitor] } ?? []
        if case .reduceOnPlateau(let rule) = schedule.shape { monitors.append(rule.monitor) }
        return monitors
    }

    /// The layer groups that are to be unfrozen, but not before the stage's epochs are over.
    public func groupsLeftFrozen(in network: Network) -> [String] {
        let reached = network.trainableGroups(in: layers(of: network, inEpoch: epochs - 1))
        return network.trainableGroups(in: layers).filter { !reached.contains($0) }
    }

    /// The layers that are trained in an epoch, counted from 0.
    public func layers(of network: Network, inEpoch epoch: Int) -> Set<String> {
        unfreezing?.layers(layers, of: network, inEpoch: epoch) ?? layers
    }
}
