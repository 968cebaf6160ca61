import Foundation
import Layers
import Tensors

/// How arrays follow their gradients: Keras's optimizers with Keras's names, defaults and formulas.
public enum OptimizerSettings: Sendable, Equatable {
    /// Gradient descent, with momentum (Polyak 1964) or Nesterov's (Sutskever et al., ICML 2013).
    case sgd(momentum: Double = 0, nesterov: Bool = false)
    /// Kingma and Ba, ICLR 2015.
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7)
    /// Tieleman and Hinton, 2012.
    case rmsprop(rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7)
}

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

    /// An optimizer at its first step.
    public init(_ settings: OptimizerSettings, weightDecay: Float = 0) {
        self.settings = settings
        self.weightDecay = weightDecay
    }

    /// Goes on where an optimizer of the same settings was.
    mutating func resume(_ state: State) {
        (stepCount, slots, joined) = (state.stepCount, state.slots, state.joined)
    }

    /// Begins a step; call before the updates of its arrays.
    public mutating func beginStep() { stepCount += 1 }

    /// Moves one array against its gradient.
    public mutating func update(
        _ tensor: inout Tensor, key: ParameterKey, role: ParameterSpec.Role, gradient: Span<Float>,
        learningRate: Float
    ) {
        let decay = role == .kernel ? 1 - learningRate * weightDecay : 1
        var state = slots.removeValue(forKey: key) ?? newSlots(like: tensor, key)
        // As in PyTorch, an array that joins later begins at its own first step.
        let ownStep = stepCount - (joined[key] ?? 0)
        switch settings {
        case .sgd(let momentum, let nesterov):
            descend(&tensor, &state, gradient, learningRate, momentum, nesterov, decay)
        case .adam(let beta1, let beta2, let epsilon):
            adam(&tensor, &state, gradient, ownStep, learningRate, beta1, beta2, epsilon, decay)
        case .rmsprop(let rho, let momentum, let epsilon):
            rmsprop(&tensor, &state, gradient, learningRate, rho, momentum, epsilon, decay)
        }
        if !state.isEmpty { slots[key] = state }
    }

    /// How many arrays are remembered of each one that is trained.
    var slotCount: Int {
        switch settings {
        case .sgd(let momentum, _): momentum == 0 ? 0 : 1
        case .adam: 2
        case .rmsprop(_, let momentum, _): momentum == 0 ? 1 : 2
        }
    }

    private mutating func newSlots(like tensor: Tensor, _ key: ParameterKey) -> [Tensor] {
        if stepCount > 1, slotCount > 0 { joined[key] = stepCount - 1 }
        return (0..<slotCount).map { _ in Tensor(zeros: tensor.shape) }
    }

    private func descend(
        _ tensor: inout Tensor, _ state: inout [Tensor], _ gradient: Span<Float>, _ rate: Float,
        _ momentum: Double, _ nesterov: Bool, _ decay: Float
    ) {
        let momentum = Float(momentum)
        guard momentum != 0 else {
            return tensor.update(gradient: gradient) { w, g in w = w * decay - rate * g }
        }
        tensor.update(&state[0], gradient: gradient) { w, velocity, g in
            velocity = momentum * velocity - rate * g
            w = w * decay + (nesterov ? momentum * velocity - rate * g : velocity)
        }
    }

    private func adam(
        _ tensor: inout Tensor, _ state: inout [Tensor], _ gradient: Span<Float>, _ step: Int, _ rate: Float,
        _ beta1: Double, _ beta2: Double, _ epsilon: Double, _ decay: Float
    ) {
        // In single precision, as Keras has it: the difference would show in the first steps.
        let count = Float(step)
        let step = rate * (1 - pow(Float(beta2), count)).squareRoot() / (1 - pow(Float(beta1), count))
        // But 1 - 0.999 loses half its digits there.
        let (rest1, rest2, epsilon) = (Float(1 - beta1), Float(1 - beta2), Float(epsilon))
        var (first, second) = (state.removeFirst(), state.removeFirst())
        tensor.update(&first, &second, gradient: gradient) { w, m, v, g in
            m += (g - m) * rest1
            v += (g * g - v) * rest2
            w = w * decay - m * step / (v.squareRoot() + epsilon)
        }
        state = [first, second]
    }

    private func rmsprop(
        _ tensor: inout Tensor, _ state: inout [Tensor], _ gradient: Span<Float>, _ rate: Float,
        _ rho: Double, _ momentum: Double, _ epsilon: Double, _ decay: Float
    ) {
        let (keep, rest, momentum, epsilon) = (Float(rho), Float(1 - rho), Float(momentum), Float(epsilon))
        guard momentum != 0 else {
            return tensor.update(&state[0], gradient: gradient) { w, v, g in
                v = keep * v + rest * g * g
                w = w * decay - rate * g / (v + epsilon).squareRoot()
            }
        }
        var (mean, velocity) = (state.removeFirst(), state.removeFirst())
        tensor.update(&mean, &velocity, gradient: gradient) { w, v, m, g in
            v = keep * v + rest * g * g
            m = momentum * m + rate * g / (v + epsilon).squareRoot()
            w = w * decay - m
        }
        state = [mean, velocity]
    }
}
