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

    private let features: FeatureReuse?
    /// Whether the stage shows its pictures more than once.
    private var isRepeated = false
    private var progress = StageProgress()
    private var resumed: LoopState?
    private var saved = ContinuousClock.now

    /// A loop that has not trained yet.
    /// - Parameter features: lets a stage train on what the frozen beginning of the network gives; nil for on
    ///   the pictures themselves.
    public init(_ trainer: Trainer, reusing features: FeatureReuse? = nil) {
        self.trainer = trainer
        self.features = features
    }

    /// A loop that goes on where another was; the stage that runs first must be the one that it was in.
    public init(
        _ trainer: Trainer, resuming state: consuming LoopState, reusing features: FeatureReuse? = nil
    ) {
        self.trainer = trainer
        self.features = features
        history = state.history
        resumed = state
    }

    /// Everything that the rest of the training depends on, as it is now.
    public var state: LoopState { LoopState(trainer: trainer.state, history: history, stage: progress) }

    /// Runs a stage to its end.
    ///
    /// With early stopping that restores the best weights, the arrays afterwards are those of the best epoch;
    /// otherwise they are those of the last.
    /// - Parameters:
    ///   - training: the pictures to learn from.
    ///   - validation: the pictures to judge by after every epoch; nil for none.
    ///   - checkpointing: how the state is saved; nil for not at all.
    /// - Throws: ``TrainingError``, and what the pictures' files give cause for.
    public mutating func run(
        _ stage: TrainingStage, training: BatchLoader, validation: BatchLoader?,
        checkpointing: Checkpointing<LoopState>? = nil, observe: Observer
    ) throws {
        guard stage.epochs > 0 else { throw TrainingError.noEpochs(stage: stage.name, found: stage.epochs) }
        try begin(stage)
        try observe(.stageBegan(stage, trainableParameters: trainer.trainableParameterCount))
        var trained = trainer.trainableLayers
        while progress.epochs < stage.epochs, !progress.hasStopped {
            try train(stage)
            if trainer.trainableLayers != trained {
                trained = trainer.trainableLayers
                let count = trainer.trainableParameterCount
                try observe(.layersUnfrozen(groups: trainer.trainableGroups, trainableParameters: count))
            }
            let record = try runEpoch(of: stage, training, validation, checkpointing, observe)
            finishEpoch(record, of: stage)
            try tell(.epochEnded(record), checkpointing, observe)
            try save(checkpointing)
        }
        try finish(stage, observe)
    }

    private mutating func begin(_ stage: TrainingStage) throws {
        try trainer.beginStage(
            stage.name, training: stage.layers, optimizer: stage.optimizer,
            regularization: stage.regularization)
        saved = .now
        progress = StageProgress()
        if let resumed = resumed.take() {
            try trainer.resume(resumed.trainer)
            progress = resumed.stage
        }
        isRepeated = stage.epochs > 1
        try train(stage)
    }

    /// Sets what is trained in the epoch that comes next, or was in the last one where the stage is over.
    private mutating func train(_ stage: TrainingStage) throws {
        let isOver = progress.hasStopped || progress.epochs >= stage.epochs
        trainer.train(
            stage.layers(of: trainer.network, inEpoch: isOver ? progress.epochs - 1 : progress.epochs),
            batchNormalization: stage.batchNormalization, learningRateFactors: stage.learningRateFactors)
        guard let features, trainer.cutFrozenPrefix() else { return }
        try features.begin(trainer.cut?.prefix, trainer.parameters)
    }

    /// The batches of an epoch as the trainer's steps take them: of pictures, or of features.
    /// - Parameter observe: hears how far features are; an error that it throws ends the work.
    public func batches(
        of loader: BatchLoader, epoch: Int = 0, from first: Int = 0,
        observe: (FeatureEvent) throws -> Void
    ) throws -> any BatchSource {
        try features?.batches(
            of: loader, epoch: epoch, from: first, isRepeated: isRepeated, observe: observe)
            ?? loader.batches(epoch: epoch, from: first)
    }

    private mutating func finishEpoch(_ record: EpochRecord, of stage: TrainingStage) {
        history.append(record)
        progress.epochs += 1
        progress.epoch = EpochProgress()
        guard let rule = stage.earlyStopping, let loss = record.validationLoss,
            let accuracy = record.validationAccuracy
        else { return }
        let isBest = progress.earlyStopping.record(
            epoch: progress.epochs, loss: loss, accuracy: accuracy, rule)
        if isBest, rule.restoreBestWeights { progress.best = trainer.parameters }
        progress.hasStopped = progress.earlyStopping.shouldStop(rule)
    }

    private mutating func finish(_ stage: TrainingStage, _ observe: Observer) throws {
        if let best = progress.best { try trainer.restore(best) }
        let epochs = progress.epochs
        let ofStage = progress.best == nil ? epochs : progress.earlyStopping.bestEpoch ?? epochs
        progress.best = nil
        let kept = history.count - epochs + ofStage
        keptEpoch = kept
        try observe(
            .stageEnded(stage, epochs: epochs, keptEpoch: kept, stoppedEarly: epochs < stage.epochs))
    }

    private mutating func save(_ checkpointing: Checkpointing<LoopState>?) throws {
        try checkpointing?.save(state)
        saved = .now
    }

    /// Tells what happened; who ends the training in answer, on purpose, finds everything saved.
    private mutating func tell(
        _ event: TrainingEvent, _ checkpointing: Checkpointing<LoopState>?, _ observe: Observer
    ) throws {
        do {
            try observe(event)
        } catch let error as CancellationError {
            try save(checkpointing)
            throw error
        }
    }

    private mutating func runEpoch(
        of stage: TrainingStage, _ training: BatchLoader, _ validation: BatchLoader?,
        _ checkpointing: Checkpointing<LoopState>?, _ observe: Observer
    ) throws -> EpochRecord {
        let start = ContinuousClock.now - .seconds(progress.epoch.seconds)
        func elapsed() -> Double { (.now - start) / .seconds(1) }
        let first = progress.epochs * training.batchCount
        func learningRate(_ step: Int) -> Double {
            stage.schedule.learningRate(
                step: first + step, stepsPerEpoch: training.batchCount, epochs: stage.epochs)
        }
        let batches = try batches(of: training, epoch: history.count, from: progress.epoch.steps) {
            try observe(.features($0))
        }
        while let batch = try batches.next() {
            let result = try trainer.step(
                batch.inputs, batch.labels, learningRate: learningRate(progress.epoch.steps))
            progress.epoch.add(result, seconds: elapsed())
            try tell(
                .stepEnded(eventProgress(of: stage, total: training.indices.count)), checkpointing, observe)
            if let checkpointing, .now - saved >= checkpointing.interval { try save(checkpointing) }
        }
        let trained = elapsed()
        let judged = try validation.map { try evaluate($0, observe) }
        let lastRate = learningRate(max(progress.epoch.steps - 1, 0))
        if let loss = judged?.loss, !loss.isFinite {
            throw TrainingError.validationLossNotFinite(
                loss: loss, epoch: history.count + 1, learningRate: lastRate)
        }
        return EpochRecord(
            stage: stage.name, epoch: history.count + 1, learningRate: lastRate,
            loss: progress.epoch.meanLoss, accuracy: progress.epoch.accuracy,
            validationLoss: judged?.loss, validationAccuracy: judged?.accuracy,
            seconds: elapsed(), imagesPerSecond: Double(progress.epoch.done) / trained)
    }

    private func eventProgress(of stage: TrainingStage, total: Int) -> TrainingEvent.Progress {
        let epoch = progress.epoch
        return TrainingEvent.Progress(
            stage: stage.name, epoch: progress.epochs + 1, epochs: stage.epochs, done: epoch.done,
            total: total, loss: epoch.meanLoss, accuracy: epoch.accuracy,
            imagesPerSecond: Double(epoch.done) / epoch.seconds)
    }

    private func evaluate(
        _ loader: BatchLoader, _ observe: Observer
    ) throws -> (loss: Double, accuracy: Double) {
        var (loss, correct, count) = (0.0, 0, 0)
        let batches = try batches(of: loader) { try observe(.features($0)) }
        while let batch = try batches.next() {
            let result = try trainer.evaluate(batch.inputs, batch.labels)
            loss += result.loss * Double(result.count)
            correct += result.correct
            count += result.count
        }
        return (loss / Double(max(count, 1)) + trainer.penalty, Double(correct) / Double(max(count, 1)))
    }
}
