/// Ends a stage when its validation no longer gets better, and says which epoch was the best; Keras's
/// callback of that name.
public struct EarlyStopping: Sendable, Equatable {
    /// What is watched.
    public enum Monitor: String, Sendable, CaseIterable {
        /// The loss of the validation pictures; less is better.
        case validationLoss = "val_loss"
        /// The accuracy of the validation pictures; more is better.
        case validationAccuracy = "val_accuracy"
    }

    /// What is watched.
    public var monitor: Monitor
    /// How many epochs without an improvement are borne.
    public var patience: Int
    /// By how much a value must be better to count.
    public var minDelta: Double
    /// Whether the arrays of the best epoch are kept, and not those of the last.
    public var restoreBestWeights: Bool

    /// A rule.
    public init(
        monitor: Monitor = .validationLoss, patience: Int = 3, minDelta: Double = 0,
        restoreBestWeights: Bool = true
    ) {
        self.monitor = monitor
        self.patience = patience
        self.minDelta = minDelta
        self.restoreBestWeights = restoreBestWeights
    }

    /// What the rule has seen of a stage.
    public struct Progress: Sendable, Equatable, Codable {
        /// The best epoch so far, counted from 1; nil before the first.
        public private(set) var bestEpoch: Int?
        private var best = 0.0
        private var waited = 0

        private enum CodingKeys: String, CodingKey {
            case best, waited
            case bestEpoch = "best_epoch"
        }

        /// Nothing seen yet.
        public init() {}

        /// Whether the stage should end.
        public func shouldStop(_ rule: EarlyStopping) -> Bool { waited >= rule.patience }

        /// Takes an epoch into account.
        /// - Returns: whether it is the best so far.
        public mutating func record(epoch: Int, loss: Double, accuracy: Double, _ rule: EarlyStopping) -> Bool
        {
            let value = rule.monitor == .validationLoss ? -loss : accuracy
            // What is not a number is never the best.
            guard !value.isNaN, bestEpoch == nil || value > best + rule.minDelta else {
                waited += 1
                return false
            }
            (bestEpoch, best, waited) = (epoch, value, 0)
            return true
        }
    }
}
