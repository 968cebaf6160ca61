import Training

extension StageConfiguration {
    init(reading section: inout Section, number: Int) {
        let rate: Double = section.required("learning_rate", as: .number(.positive))
        let schedule = section.optional("schedule", as: .schedule, default: LearningRateSchedule(base: 1))
        self.init(
            name: section.optional("name", as: .text("a name in one line"), default: "stage\(number)"),
            freezing: Freezing(reading: &section),
            epochs: section.required("epochs", as: .whole(1...1_000_000)),
            batchSize: section.optional("batch_size", as: .batchSize),
            accumulate: section.optional("accumulate", as: .whole(1...65_536), default: 1),
            optimizer: section.optional("optimizer", as: .optimizer, default: .adam()),
            learningRate: LearningRateSchedule(
                base: rate, shape: schedule.shape, warmupEpochs: schedule.warmupEpochs))
    }

    var node: YAMLNode {
        .section([
            "name": .text(name),
            freezing.key: freezing.choice.node,
            "epochs": .plain(epochs),
            "batch_size": batchSize.map(YAMLNode.plain),
            "accumulate": .plain(accumulate),
            "optimizer": optimizer.node,
            "learning_rate": .plain(learningRate.base),
            "schedule": learningRate.node,
        ])
    }
}
