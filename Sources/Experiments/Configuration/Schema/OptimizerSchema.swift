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
    case adam, sgd, rmsprop
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
                epsilon: section.optional("epsilon", as: .number(.positive), default: 1e-7))
        case .adam, nil:
            self = .adam(
                beta1: section.optional("beta_1", as: .number(.fraction), default: 0.9),
                beta2: section.optional("beta_2", as: .number(.fraction), default: 0.999),
                epsilon: section.optional("epsilon", as: .number(.positive), default: 1e-7))
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
        case .adam(let beta1, let beta2, let epsilon):
            .section([
                "name": .text("adam"), "beta_1": .plain(beta1), "beta_2": .plain(beta2),
                "epsilon": .plain(epsilon),
            ])
        }
    }
}
