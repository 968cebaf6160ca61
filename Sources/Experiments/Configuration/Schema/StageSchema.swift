import Training

extension StageConfiguration {
    init(reading section: inout Section, number: Int) {
        let rate = section.required("learning_rate", as: .learningRate)
        let factors = section.optional("learning_rate_factors", as: .factors)
        if factors != nil, rate.rates != .equal {
            section["learning_rate_factors"]?.reportContradiction(
                "expected either factors or a learning_rate that differs between groups, found both")
        }
        let schedule = section.optional("schedule", as: .schedule, default: LearningRateSchedule(base: 1))
        self.init(
            name: section.optional("name", as: .text("a name in one line"), default: "stage\(number)"),
            freezing: Freezing(reading: &section),
            unfreezing: section.optional("unfreeze_gradually", as: .unfreezing),
            batchNormalization: section.optional(
                "batch_normalization", as: .section, default: BatchNormalizationPolicy()),
            epochs: section.required("epochs", as: .whole(1...1_000_000)),
            batchSize: section.optional("batch_size", as: .batchSize),
            optimizer: section.optional("optimizer", as: .optimizer, default: .adam()),
            learningRate: LearningRateSchedule(
                base: rate.base, shape: schedule.shape, warmupEpochs: schedule.warmupEpochs),
            rates: factors.map(DiscriminativeRates.factors) ?? rate.rates)
    }

    var node: YAMLNode {
        .section([
            "name": .text(name),
            freezing.key: freezing.choice.node,
            "unfreeze_gradually": unfreezing?.node,
            "batch_normalization": batchNormalization.node,
            "epochs": .plain(epochs),
            "batch_size": batchSize.map(YAMLNode.plain),
            "optimizer": optimizer.node,
            "learning_rate": StageRate(base: learningRate.base, rates: rates).node,
            "learning_rate_factors": rates.factorsNode,
            "schedule": learningRate.node,
        ])
    }
}
