import Layers
import Tensors

/// An optimizer with its state: what it remembers of each array's earlier gradients.
public struct Optimizer: Sendable {
    /// The formula and its constants.
    public let settings: OptimizerSettings
    /// How much of itself, times the learning rate, every kernel loses in a step, apart from the gradient:
    /// Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019. Never applied to biases
    /// and normalizations.
    public let weightDecay: Float
    /// How many steps were taken.
    public private(set) var stepCount = 0
    private(set) var slots: [ParameterKey: [Tensor]] = [:]
    /// How many steps were over when an array joined; 0 for those that are not there.
    private(set) var joined: [ParameterKey: Int] = [:]
    private let rule: any UpdateRule
    private var momentum: Double?

    /// An optimizer at its first step.
    /// - Parameter weightDecay: for optimizers that have none of their own.
    public init(_ settings: OptimizerSettings, weightDecay: Float = 0) {
        self.settings = settings
        self.weightDecay = settings.ownWeightDecay.map(Float.init) ?? weightDecay
        rule = settings.rule
    }

    /// Goes on where an optimizer of the same settings was.
    mutating func resume(_ state: State) {
        (stepCount, slots, joined) = (state.stepCount, state.slots, state.joined)
    }

    /// Begins a step; call before the updates of its arrays.
    /// - Parameter momentum: the momentum of this step, or the first of Adam's constants, where a schedule
    ///   moves it.
    public mutating func beginStep(momentum: Double? = nil) {
        stepCount += 1
        self.momentum = momentum
    }

    /// Moves one array against its gradient.
    public mutating func update(
        _ tensor: inout Tensor, key: ParameterKey, role: ParameterSpec.Role, gradient: Span<Float>,
        learningRate: Float
    ) {
        let decay = role == .kernel ? learningRate * weightDecay : 0
        var state = slots.removeValue(forKey: key) ?? newSlots(like: tensor, key)
        // As in PyTorch, an array that joins later begins at its own first step.
        let ownStep = stepCount - (joined[key] ?? 0)
        rule.update(
            &tensor, &state, gradient: gradient,
            UpdateStep(number: ownStep, rate: learningRate, decay: decay, momentum: momentum))
        if !state.isEmpty { slots[key] = state }
    }

    /// How many arrays are remembered of each one that is trained.
    var slotCount: Int { rule.slotCount }

    private mutating func newSlots(like tensor: Tensor, _ key: ParameterKey) -> [Tensor] {
        if stepCount > 1, slotCount > 0 { joined[key] = stepCount - 1 }
        return (0..<slotCount).map { _ in Tensor(repeating: rule.initialSlot, shape: tensor.shape) }
    }
}
