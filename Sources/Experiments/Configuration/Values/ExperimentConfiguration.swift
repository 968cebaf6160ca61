import Datasets
import Training

/// An experiment as its YAML file describes it: the pictures, the network, the stages of its training.
///
/// ```swift
/// let experiment = try ExperimentConfiguration.load(
///     path: "experiments/fer2013.yaml", overrides: ["training.stages.0.epochs=3"])
/// ```
/// Every default is filled in, every number is within its range; whether the files are there and the
/// architecture has such layers shows only when the experiment is run.
public struct ExperimentConfiguration: Sendable, Equatable {
    /// The experiment's name, which names its run folders: letters, digits, `.`, `_` and `-`.
    public var name: String
    /// What the experiment is for.
    public var description: String?
    /// What all random numbers are drawn from.
    public var seed: UInt64
    /// The pictures.
    public var data: DataConfiguration
    /// The network.
    public var model: ModelConfiguration
    /// The stages of the training.
    public var training: TrainingConfiguration
    /// What keeps the weights small while they are trained.
    public var regularization: Regularization
    /// How whole batches of training pictures are varied.
    public var variation: BatchVariation
    /// When a stage ends before its last epoch; nil for never.
    public var earlyStopping: EarlyStopping?
    /// What becomes of the trained network's predictions.
    public var evaluation = EvaluationConfiguration()

    /// An experiment with the defaults of its YAML file.
    public init(
        name: String, description: String? = nil, seed: UInt64 = 0, data: DataConfiguration,
        model: ModelConfiguration, training: TrainingConfiguration,
        regularization: Regularization = Regularization(), variation: BatchVariation = BatchVariation(),
        earlyStopping: EarlyStopping? = nil
    ) {
        self.name = name
        self.description = description
        self.seed = seed
        self.data = data
        self.model = model
        self.training = training
        self.regularization = regularization
        self.variation = variation
        self.earlyStopping = earlyStopping
    }
}
