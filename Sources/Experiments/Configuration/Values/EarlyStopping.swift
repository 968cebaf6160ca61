/// When a stage ends before its last epoch: Keras's callback by Keras's names.
public struct EarlyStopping: Sendable, Equatable {
    /// What is watched.
    public enum Monitor: String, Sendable, CaseIterable {
        /// The loss on the validation split; less is better.
        case validationLoss = "val_loss"
        /// The accuracy on the validation split; more is better.
        case validationAccuracy = "val_accuracy"
    }

    /// What is watched.
    public var monitor: Monitor
    /// How many epochs without improvement end the stage.
    public var patience: Int
    /// By how much a value must be better to count as an improvement.
    public var minDelta: Double
    /// Whether the weights of the best epoch are kept instead of the last one's.
    public var restoreBestWeights: Bool

    /// A rule with the defaults of the YAML file.
    public init(
        monitor: Monitor = .validationLoss, patience: Int = 3, minDelta: Double = 0,
        restoreBestWeights: Bool = true
    ) {
        self.monitor = monitor
        self.patience = patience
        self.minDelta = minDelta
        self.restoreBestWeights = restoreBestWeights
    }
}
