import Layers

extension Trainer {
    /// Begins a stage in one of its epochs, counted from 0.
    /// - Throws: ``TrainingError/nothingToTrain(stage:)``
    public mutating func begin(_ stage: TrainingStage, inEpoch epoch: Int = 0) throws {
        try beginStage(
            stage.name, training: stage.layers, optimizer: stage.optimizer,
            regularization: stage.regularization, loss: stage.loss)
        goOn(stage, inEpoch: epoch)
    }

    /// Trains what a stage that has begun trains in one of its epochs, counted from 0.
    mutating func goOn(_ stage: TrainingStage, inEpoch epoch: Int) {
        train(
            stage.layers(of: network, inEpoch: epoch), batchNormalization: stage.batchNormalization,
            learningRateFactors: stage.learningRateFactors)
    }
}

extension TrainingStage {
    /// The stage with nothing frozen, at one learning rate: that of a network whose weights are all new.
    public func trainingAll(of network: Network) throws -> TrainingStage {
        var stage = self
        stage.layers = try LayerSelection.all.layers(of: network)
        stage.unfreezing = nil
        stage.batchNormalization = BatchNormalizationPolicy()
        stage.learningRateFactors = [:]
        return stage
    }
}
