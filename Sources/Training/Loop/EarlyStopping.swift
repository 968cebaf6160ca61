import Evaluation

/// Ends a stage when its validation no longer gets better, and says which epoch was the best; Keras's
/// callback of that name.
public struct EarlyStopping: Sendable, Equatable {
    /// What is watched.
    public enum Monitor: String, Sendable, CaseIterable {
        /// The loss of the validation pictures; less is better.
        case validationLoss = "val_loss"
        /// The accuracy of the validation pictures; more is better.
        case validationAccuracy = "val_accuracy"
        /// The mean recall of the classes; more is better.
        case validationBalancedAccuracy = "val_balanced_accuracy"
        /// The mean F1 score of the classes; more is better.
        case validationF1Macro = "val_f1_macro"
        /// The mean area under the classes' ROC curves, each against the rest; more is better.
        case validationAUC = "val_auc"

        /// What is watched, of an epoch.
        public func value(of record: EpochRecord) -> Double? {
            switch self {
            case .validationLoss: record.validationLoss
            case .validationAccuracy: record.validationAccuracy
            case .validationBalancedAccuracy: record.validationBalancedAccuracy
            case .validationF1Macro: record.validationF1Macro
            case .validationAUC: record.validationAUC
            }
        }
    }

    /// What is watched.
    public var monitor: Monitor
    /// How many epochs without an improvement are borne.
    public var patience: Int
    /// By how much a value must be better to count.
    public var minDelta: Double
    /// How many epochs go by before any counts.
    public var startFromEpoch: Int
    /// What must be surpassed, else the stage ends after ``patience`` epochs, however it gets better; nil for
    /// nothing.
    public var baseline: Double?
    /// Whether the arrays of the best epoch are kept, and not those of the last.
    public var restoreBestWeights: Bool

    /// A rule.
    public init(
        monitor: Monitor = .validationLoss, patience: Int = 3, minDelta: Double = 0,
        restoreBestWeights: Bool = true, startFromEpoch: Int = 0, baseline: Double? = nil
    ) {
        self.monitor = monitor
        self.patience = patience
        self.minDelta = minDelta
        self.restoreBestWeights = restoreBestWeights
        self.startFromEpoch = startFromEpoch
        self.baseline = baseline
    }

    /// What the rule has seen of a stage.
    public struct Progress: Sendable, Equatable, Codable {
        /// The best epoch so far, counted from 1; nil before the first.
        public private(set) var bestEpoch: Int?
        private var best = 0.0
        private var waited = 0
        /// Keras does not stop after an epoch that is better than those before, be it below the baseline.
        private var isBetter: Bool?

        private enum CodingKeys: String, CodingKey {
            case best, waited
            case isBetter = "is_better"
            case bestEpoch = "best_epoch"
        }

        /// Nothing seen yet.
        public init() {}

        /// Whether the stage should end.
        public func shouldStop(_ rule: EarlyStopping) -> Bool { waited >= rule.patience && isBetter != true }

        /// Takes an epoch into account.
        /// - Parameters:
        ///   - epoch: the epoch of the stage, counted from 1.
        ///   - found: what is watched; nil where it is undefined.
        /// - Returns: whether it is the best so far.
        public mutating func record(epoch: Int, _ found: Double?, _ rule: EarlyStopping) -> Bool {
            guard epoch > rule.startFromEpoch else { return false }
            let sign = rule.monitor == .validationLoss ? -1.0 : 1
            let value = sign * (found ?? .nan)
            waited += 1
            // What is not a number is never the best.
            let isBest = !value.isNaN && (bestEpoch == nil || value > best + rule.minDelta)
            isBetter = isBest
            guard isBest else { return false }
            (bestEpoch, best) = (epoch, value)
            if rule.baseline.map({ value > sign * $0 + rule.minDelta }) ?? true { waited = 0 }
            return true
        }
    }
}
