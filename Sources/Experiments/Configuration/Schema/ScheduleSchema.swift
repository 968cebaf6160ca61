import Training

extension Field<LearningRateSchedule> {
    /// A name, or a mapping with the name and the curve's constants; the base is given elsewhere.
    static var schedule: Field {
        .section("a schedule: its name, or a mapping with its name and its constants", orJust: "name") {
            LearningRateSchedule(
                base: 1, shape: LearningRateSchedule.Shape(reading: &$0),
                warmupEpochs: $0.optional("warmup_epochs", as: .number(.notNegative), default: 0))
        }
    }
}

private enum ShapeName: String, CaseIterable {
    case constant, cosine, step, exponential, polynomial
    case cosineRestarts = "cosine_restarts"
    case oneCycle = "one_cycle"
    case reduceOnPlateau = "reduce_on_plateau"
}

extension LearningRateSchedule.Shape {
    fileprivate init(reading section: inout Section) {
        switch section.decisive("name", as: Field<ShapeName>.choice) {
        case .constant, nil: self = .constant
        case .cosine: self = .cosine(end: section.optional("end", as: .number(.share), default: 0))
        case .step:
            self = .step(
                everyEpochs: section.required("every_epochs", as: .number(.positive)),
                factor: section.optional("factor", as: .number(.positive), default: 0.1))
        case .exponential:
            self = .exponential(
                rate: section.required("rate", as: .number(.positive)),
                everyEpochs: section.optional("every_epochs", as: .number(.positive), default: 1))
        case .polynomial:
            self = .polynomial(
                power: section.optional("power", as: .number(.positive), default: 1),
                end: section.optional("end", as: .number(.share), default: 0))
        case .cosineRestarts: self = .cosineRestarts(CosineRestarts(reading: &section))
        case .oneCycle: self = .oneCycle(OneCycle(reading: &section))
        case .reduceOnPlateau: self = .reduceOnPlateau(ReduceOnPlateau(reading: &section))
        }
    }

}

extension LearningRateSchedule {
    var node: YAMLNode {
        let warmup = YAMLNode.plain(warmupEpochs)
        switch shape {
        case .constant: return .section(["name": .text("constant"), "warmup_epochs": warmup])
        case .cosine(let end):
            return .section(["name": .text("cosine"), "end": .plain(end), "warmup_epochs": warmup])
        case .step(let everyEpochs, let factor):
            return .section([
                "name": .text("step"), "every_epochs": .plain(everyEpochs), "factor": .plain(factor),
                "warmup_epochs": warmup,
            ])
        case .exponential(let rate, let everyEpochs):
            return .section([
                "name": .text("exponential"), "rate": .plain(rate), "every_epochs": .plain(everyEpochs),
                "warmup_epochs": warmup,
            ])
        case .polynomial(let power, let end):
            return .section([
                "name": .text("polynomial"), "power": .plain(power), "end": .plain(end),
                "warmup_epochs": warmup,
            ])
        case .cosineRestarts(let restarts): return restarts.node(warmup)
        case .oneCycle(let cycle): return cycle.node(warmup)
        case .reduceOnPlateau(let rule): return rule.node(warmup)
        }
    }
}
