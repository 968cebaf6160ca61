import Training

extension Field<OptimizerSettings> {
    /// A name, or a mapping with the name and Keras's constants.
    static var optimizer: Field {
        .section("an optimizer: its name, or a mapping with its name and its constants", orJust: "name") {
            OptimizerSettings(reading: &$0)
        }
    }
}

private enum OptimizerName: String, CaseIterable {
    case adam, adamw, sgd, rmsprop, adagrad, lamb
}

extension OptimizerSettings {
    fileprivate init(reading section: inout Section) {
        switch section.decisive("name", as: Field<OptimizerName>.choice) {
        case .sgd:
            let momentum = section.optional("momentum", as: .number(.fraction), default: 0.0)
            let nesterov = section.optional("nesterov", as: .flag, default: false)
            if nesterov, momentum == 0 {
                section["nesterov"]?.reportContradiction("expected a momentum greater than 0 with it")
            }
            self = .sgd(momentum: momentum, nesterov: nesterov)
        case .rmsprop:
            self = .rmsprop(
                rho: section.optional("rho", as: .number(.fraction), default: 0.9),
                momentum: section.optional("momentum", as: .number(.fraction), default: 0),
                epsilon: section.epsilon)
        case .adagrad:
            self = .adagrad(
                initialAccumulator: section.optional(
                    "initial_accumulator_value", as: .number(.notNegative), default: 0.1),
                epsilon: section.epsilon)
        case .lamb: self = .lamb(beta1: section.beta1, beta2: section.beta2, epsilon: section.epsilon)
        case .adamw:
            self = .adamW(
                weightDecay: section.optional("weight_decay", as: .number(.notNegative), default: 0.004),
                beta1: section.beta1, beta2: section.beta2, epsilon: section.epsilon)
        case .adam, nil:
            self = .adam(beta1: section.beta1, beta2: section.beta2, epsilon: section.epsilon)
        }
    }

    var node: YAMLNode {
        switch self {
        case .sgd(let momentum, let nesterov):
            .section(["name": .text("sgd"), "momentum": .plain(momentum), "nesterov": .plain(nesterov)])
        case .rmsprop(let rho, let momentum, let epsilon):
            .section([
                "name": .text("rmsprop"), "rho": .plain(rho), "momentum": .plain(momentum),
                "epsilon": .plain(epsilon),
            ])
        case .adagrad(let initial, let epsilon):
            .section([
                "name": .text("adagrad"), "initial_accumulator_value": .plain(initial),
                "epsilon": .plain(epsilon),
            ])
        case .adam(let beta1, let beta2, let epsilon): Self.node("adam", beta1, beta2, epsilon)
        case .adamW(let weightDecay, let beta1, let beta2, let epsilon):
            Self.node("adamw", beta1, beta2, epsilon, weightDecay)
        case .lamb(let beta1, let beta2, let epsilon): Self.node("lamb", beta1, beta2, epsilon)
        }
    }

    private static func node(
        _ name: String, _ beta1: Double, _ beta2: Double, _ epsilon: Double, _ weightDecay: Double? = nil
    ) -> YAMLNode {
        .section([
            "name": .text(name), "beta_1": .plain(beta1), "beta_2": .plain(beta2), "epsilon": .plain(epsilon),
            "weight_decay": weightDecay.map(YAMLNode.plain),
        ])
    }
}

extension Section {
    fileprivate var beta1: Double {
        mutating get { optional("beta_1", as: .number(.fraction), default: 0.9) }
    }
    fileprivate var beta2: Double {
        mutating get { optional("beta_2", as: .number(.fraction), default: 0.999) }
    }
    fileprivate var epsilon: Double {
        mutating get { optional("epsilon", as: .number(.positive), default: 1e-7) }
    }
}
