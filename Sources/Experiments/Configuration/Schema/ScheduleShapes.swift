import Training

extension CosineRestarts {
    init(reading section: inout Section) {
        self.init(
            firstEpochs: section.required("first_epochs", as: .number(.positive)),
            timeFactor: section.optional("t_mul", as: .number(.atLeastOne), default: 2),
            heightFactor: section.optional("m_mul", as: .number(.positive), default: 1),
            end: section.optional("end", as: .number(.share), default: 0))
    }

    func node(_ warmup: YAMLNode) -> YAMLNode {
        .section([
            "name": .text("cosine_restarts"), "first_epochs": .plain(firstEpochs),
            "t_mul": .plain(timeFactor),
            "m_mul": .plain(heightFactor), "end": .plain(end), "warmup_epochs": warmup,
        ])
    }
}

extension OneCycle {
    init(reading section: inout Section) {
        self.init(
            rise: section.optional("pct_start", as: .number(.share), default: 0.3),
            divisor: section.optional("div_factor", as: .number(.positive), default: 25),
            finalDivisor: section.optional("final_div_factor", as: .number(.positive), default: 1e4),
            anneal: section.optional("anneal_strategy", as: .choice, default: .cosine),
            hasThreePhases: section.optional("three_phase", as: .flag, default: false))
        let isCycled = section.optional("cycle_momentum", as: .flag, default: true)
        let low: Double = section.optional("base_momentum", as: .number(.fraction), default: 0.85)
        let high: Double = section.optional("max_momentum", as: .number(.fraction), default: 0.95)
        if low > high {
            section["base_momentum"]?.reportContradiction("expected at most max_momentum, which is \(high)")
        }
        momentum = isCycled && low <= high ? low...high : nil
        if hasThreePhases, rise > 0.5 {
            section["pct_start"]?.reportContradiction("expected at most 0.5 with three phases")
        }
    }

    func node(_ warmup: YAMLNode) -> YAMLNode {
        .section([
            "name": .text("one_cycle"), "pct_start": .plain(rise), "div_factor": .plain(divisor),
            "final_div_factor": .plain(finalDivisor), "anneal_strategy": .text(anneal.rawValue),
            "three_phase": .plain(hasThreePhases), "cycle_momentum": .plain(momentum != nil),
            "base_momentum": (momentum?.lowerBound).map(YAMLNode.plain),
            "max_momentum": (momentum?.upperBound).map(YAMLNode.plain), "warmup_epochs": warmup,
        ])
    }
}

extension ReduceOnPlateau {
    init(reading section: inout Section) {
        self.init(
            monitor: section.optional("monitor", as: .choice, default: .validationLoss),
            factor: section.optional("factor", as: .number(.fraction), default: 0.1),
            patience: section.optional("patience", as: .whole(atLeast: 1), default: 10),
            minDelta: section.optional("min_delta", as: .number(.notNegative), default: 1e-4),
            cooldown: section.optional("cooldown", as: .whole(atLeast: 0), default: 0),
            least: section.optional("min_lr", as: .number(.notNegative), default: 0))
    }

    func node(_ warmup: YAMLNode) -> YAMLNode {
        .section([
            "name": .text("reduce_on_plateau"), "monitor": .text(monitor.rawValue), "factor": .plain(factor),
            "patience": .plain(patience), "min_delta": .plain(minDelta), "cooldown": .plain(cooldown),
            "min_lr": .plain(least), "warmup_epochs": warmup,
        ])
    }
}
