import Datasets
import Evaluation
import Layers

/// Trains a network in stages, epoch by epoch, and remembers how it went.
///
/// ```swift
/// var loop = TrainingLoop(trainer)
/// try loop.run(headOnly, training: loader, validation: validationLoader) { event in … }
/// try loop.run(lastBlocks, training: loader, validation: validationLoader) { event in … }
/// ```
public struct TrainingLoop {
    /// The trainer, with the arrays as they are now.
    public private(set) var trainer: Trainer
    /// Every epoch so far, of all stages.
    public private(set) var history: [EpochRecord] = []
    /// The epoch that the arrays are those of, as ``EpochRecord/epoch`` counts; nil before the first.
    public private(set) var keptEpoch: Int?

    /// Hears what happens; an error that it throws ends the training.
    public typealias Observer = (TrainingEvent) throws -> Void

    /// A loop that has not trained yet.
    public init(_ trainer: Trainer) { self.trainer = trainer }

    /// Runs a stage to its end.
    ///
    /// With early stopping that restores the best weights, the arrays afterwards are those of the best epoch;
    /// otherwise they are those of the last.
    /// - Parameters:
    ///   - training: the pictures to learn from.
    ///   - validation: the pictures to judge by after every epoch; nil for none.
    /// - Throws: ``TrainingError``, and what the pictures' files give cause for.
    public mutating func run(
        _ stage: TrainingStage, training: BatchLoader, validation: BatchLoader?, observe: Observer
    ) throws {
        guard stage.epochs > 0 else { throw TrainingError.noEpochs(stage: stage.name, found: stage.epochs) }
        try trainer.beginStage(
            stage.name, training: stage.layers, optimizer: stage.optimizer,
            regularization: stage.regularization)
        try observe(.stageBegan(stage, trainableParameters: trainer.trainableParameterCount))
        let firstEpoch = history.count
        var progress = EarlyStopping.Progress()
        var best: Parameters?
        for epoch in 1...stage.epochs {
            let record = try runEpoch(epoch, of: stage, training, validation, observe)
            history.append(record)
            try observe(.epochEnded(record))
            guard let rule = stage.earlyStopping, let loss = record.validationLoss,
                let accuracy = record.validationAccuracy
            else { continue }
            if progress.record(epoch: epoch, loss: loss, accuracy: accuracy, rule), rule.restoreBestWeights {
                best = trainer.parameters
            }
            if progress.shouldStop(rule) { break }
        }
        if let best { try trainer.restore(best) }
        let epochs = history.count - firstEpoch
        let kept = firstEpoch + (best == nil ? epochs : progress.bestEpoch ?? epochs)
        keptEpoch = kept
        try observe(
            .stageEnded(stage, epochs: epochs, keptEpoch: kept, stoppedEarly: epochs < stage.epochs))
    }

    private mutating func runEpoch(
        _ epoch: Int, of stage: TrainingStage, _ training: BatchLoader, _ validation: BatchLoader?,
        _ observe: Observer
    ) throws -> EpochRecord {
        let start = ContinuousClock.now
        var (loss, correct, done, learningRate) = (0.0, 0, 0, stage.schedule.base)
        let batches = training.batches(epoch: history.count)
        var step = (epoch - 1) * training.batchCount
        while let batch = try batches.next() {
            learningRate = stage.schedule.learningRate(
                step: step, stepsPerEpoch: training.batchCount, epochs: stage.epochs)
            let result = try trainer.step(batch.inputs, batch.labels, learningRate: learningRate)
            step += 1
            done += result.count
            correct += result.correct
            loss += result.loss * Double(result.count)
            try observe(
                .stepEnded(
                    .init(
                        stage: stage.name, epoch: epoch, epochs: stage.epochs, done: done,
                        total: training.indices.count, loss: loss / Double(done),
                        accuracy: Double(correct) / Double(done),
                        imagesPerSecond: Double(done) / ((.now - start) / .seconds(1)))))
        }
        let trained = (.now - start) / .seconds(1)
        let judged = try validation.map { try evaluate($0) }
        if let loss = judged?.loss, !loss.isFinite {
            throw TrainingError.validationLossNotFinite(
                loss: loss, epoch: history.count + 1, learningRate: learningRate)
        }
        return EpochRecord(
            stage: stage.name, epoch: history.count + 1, learningRate: learningRate,
            loss: loss / Double(max(done, 1)), accuracy: Double(correct) / Double(max(done, 1)),
            validationLoss: judged?.loss, validationAccuracy: judged?.accuracy,
            seconds: (.now - start) / .seconds(1), imagesPerSecond: Double(done) / trained)
    }

    private func evaluate(_ loader: BatchLoader) throws -> (loss: Double, accuracy: Double) {
        var (loss, correct, count) = (0.0, 0, 0)
        let batches = loader.batches(epoch: 0)
        while let batch = try batches.next() {
            let result = try trainer.evaluate(batch.inputs, batch.labels)
            loss += result.loss * Double(result.count)
            correct += result.correct
            count += result.count
        }
        return (loss / Double(max(count, 1)) + trainer.penalty, Double(correct) / Double(max(count, 1)))
    }
}
