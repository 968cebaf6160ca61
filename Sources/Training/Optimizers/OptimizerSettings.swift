/// How arrays follow their gradients: Keras's optimizers with Keras's names, defaults and formulas.
public enum OptimizerSettings: Sendable, Equatable {
    /// Gradient descent, with momentum (Polyak 1964) or Nesterov's (Sutskever et al., ICML 2013).
    case sgd(momentum: Double = 0, nesterov: Bool = false)
    /// Kingma and Ba, ICLR 2015.
    case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7)
    /// Adam with a weight decay of its own, apart from the gradient: Loshchilov and Hutter, ICLR 2019.
    case adamW(
        weightDecay: Double = 0.004, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7)
    /// Tieleman and Hinton, 2012.
    case rmsprop(rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7)
    /// Duchi et al., JMLR 2011.
    case adagrad(initialAccumulator: Double = 0.1, epsilon: Double = 1e-7)
    /// You et al., "Large batch optimization for deep learning", ICLR 2020, as Keras's `Lamb` has it.
    case lamb(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7)

    /// The weight decay that is the optimizer's own; nil where it is a matter of the regularization.
    public var ownWeightDecay: Double? {
        if case .adamW(let weightDecay, _, _, _) = self { weightDecay } else { nil }
    }

    /// Whether there is a momentum, or the first of Adam's constants, that a schedule may move.
    public var hasMomentum: Bool {
        switch self {
        case .sgd(let momentum, _), .rmsprop(_, let momentum, _): momentum != 0
        case .adam, .adamW, .lamb: true
        case .adagrad: false
        }
    }

    var rule: any UpdateRule {
        switch self {
        case .sgd(let momentum, let nesterov): GradientDescent(momentum: momentum, nesterov: nesterov)
        case .adam(let beta1, let beta2, let epsilon), .adamW(_, let beta1, let beta2, let epsilon):
            Adam(beta1: beta1, beta2: beta2, epsilon: epsilon)
        case .rmsprop(let rho, let momentum, let epsilon):
            RMSprop(rho: rho, momentum: momentum, epsilon: epsilon)
        case .adagrad(let initial, let epsilon): Adagrad(initialAccumulator: initial, epsilon: epsilon)
        case .lamb(let beta1, let beta2, let epsilon): Lamb(beta1: beta1, beta2: beta2, epsilon: epsilon)
        }
    }
}
