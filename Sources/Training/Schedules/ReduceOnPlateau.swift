/// Reduces the learning rate when the validation no longer gets better; Keras's `ReduceLROnPlateau`.
public struct ReduceOnPlateau: Sendable, Equatable {
    /// What is watched.
    public var monitor: EarlyStopping.Monitor
    /// What the rate is multiplied by.
    public var factor: Double
    /// How many epochs without an improvement are borne.
    public var patience: Int
    /// By how much a value must be better to count.
    public var minDelta: Double
    /// For how many epochs after a reduction nothing is counted.
    public var cooldown: Int
    /// What the rate never falls below.
    public var least: Double

    /// A rule, with Keras's defaults.
    public init(
        monitor: EarlyStopping.Monitor = .validationLoss, factor: Double = 0.1, patience: Int = 10,
        minDelta: Double = 1e-4, cooldown: Int = 0, least: Double = 0
    ) {
        self.monitor = monitor
        self.factor = factor
        self.patience = patience
        self.minDelta = minDelta
        self.cooldown = cooldown
        self.least = least
    }

    /// What the rule has seen of a stage.
    public struct Progress: Sendable, Equatable, Codable {
        /// The rate that was reduced to; nil before the first reduction.
        public private(set) var rate: Double?
        private var best: Double?
        private var waited = 0
        private var cooldown = 0

        /// Nothing seen yet.
        public init() {}

        /// Takes an epoch into account.
        /// - Parameters:
        ///   - value: what is watched; nil where it is not known.
        ///   - base: the rate that the stage began with.
        public mutating func record(_ value: Double?, base: Double, _ rule: ReduceOnPlateau) {
            let value = (rule.monitor == .validationLoss ? -1 : 1) * (value ?? .nan)
            if cooldown > 0 { (cooldown, waited) = (cooldown - 1, 0) }
            if best.map({ value > $0 + rule.minDelta }) ?? !value.isNaN {
                (best, waited) = (value, 0)
            } else if cooldown == 0 {
                waited += 1
                let current = rate ?? base
                if waited >= rule.patience, current > rule.least {
                    rate = max(current * rule.factor, rule.least)
                    (cooldown, waited) = (rule.cooldown, 0)
                }
            }
        }
    }
}
