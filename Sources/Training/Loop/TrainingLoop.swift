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
    private var unsavedSteps = 0

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
        try finish(stage, training, observe)
    }

    private mutating func begin(_ stage: TrainingStage) throws {
        try trainer.begin(stage)
        (saved, unsavedSteps) = (.now, 0)
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
        trainer.goOn(stage, inEpoch: isOver ? progress.epochs - 1 : progress.epochs)
        guard let features, trainer.cutFrozenPrefix() else { return }
        if let member = features.member { trainer.heads = member }
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
        if case .stochastic(let first) = stage.regularization.averaging, progress.epochs >= first {
            trainer.addToMean()
        }
        guard record.validationLoss != nil else { return }
        if case .reduceOnPlateau(let rule) = stage.schedule.shape,
            Double(progress.epochs) > stage.schedule.warmupEpochs
        {
            progress.plateau.record(rule.monitor.value(of: record), base: stage.schedule.base, rule)
        }
        guard let rule = stage.earlyStopping else { return }
        let isBest = progress.earlyStopping.record(
            epoch: progress.epochs, rule.monitor.value(of: record), rule)
        if isBest, rule.restoreBestWeights { progress.best = trainer.judgedParameters }
        progress.hasStopped = progress.earlyStopping.shouldStop(rule)
    }

    private mutating func finish(
        _ stage: TrainingStage, _ training: BatchLoader, _ observe: Observer
    ) throws {
        if let best = progress.best {
            try trainer.restore(best)
        } else if trainer.adoptAverage(), case .stochastic = stage.regularization.averaging,
            trainer.movesStatistics
        {
            try estimateStatistics(training, observe)
        }
        let epochs = progress.epochs
        let ofStage = progress.best == nil ? epochs : progress.earlyStopping.bestEpoch ?? epochs
        progress.best = nil
        let kept = history.count - epochs + ofStage
        keptEpoch = kept
        try observe(
            .stageEnded(stage, epochs: epochs, keptEpoch: kept, stoppedEarly: epochs < stage.epochs))
    }

    /// Estimates the running statistics of averaged arrays. Who ends the training meanwhile finds it saved as
    /// it was before.
    private mutating func estimateStatistics(_ training: BatchLoader, _ observe: Observer) throws {
        let batches = try batches(of: training, epoch: history.count) { try observe(.features($0)) }
        var (number, done) = (0, 0)
        while let batch = try batches.next() {
            try trainer.estimateStatistics(batch.inputs, batch: number)
            number += 1
            done += batch.targets.count
            try observe(.statisticsEstimated(done: done, total: training.indices.count))
        }
    }

    private mutating func save(_ checkpointing: Checkpointing<LoopState>?) throws {
        try checkpointing?.save(state)
        (saved, unsavedSteps) = (.now, 0)
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
        let pace = StagePace(stage, progress, batches: training.batchCount)
        let batches = try batches(of: training, epoch: history.count, from: progress.epoch.steps) {
            try observe(.features($0))
        }
        var (asked, waited) = (ContinuousClock.now, StepTimings())
        while let batch = try batches.next() {
            waited.data += (.now - asked) / .seconds(1)
            let step = pace.step(batch: progress.epoch.steps)
            let result = try trainer.step(
                batch.inputs, batch.targets, learningRate: step.learningRate, momentum: step.momentum,
                isPartial: step.isPartial)
            progress.epoch.add(result, seconds: elapsed())
            // Between the batches of a step there is nothing to go on from.
            if step.isPartial {
                (asked, waited) = (.now, waited + result.timings)
                continue
            }
            let record = StepRecord(
                stage: stage.name, epoch: history.count + 1, step: progress.epoch.steps,
                learningRate: step.learningRate, loss: result.loss,
                accuracy: Double(result.correct) / Double(result.count), timings: waited + result.timings)
            waited = StepTimings()
            try tell(
                .stepEnded(eventProgress(of: stage, total: training.indices.count, record)), checkpointing,
                observe)
            unsavedSteps += 1
            if let checkpointing, checkpointing.isDue(after: .now - saved, steps: unsavedSteps) {
                try save(checkpointing)
            }
            asked = .now
        }
        let trained = elapsed()
        let judged = try validation.map { try evaluate($0, observe) }
        let lastRate = pace.step(batch: max(progress.epoch.steps - 1, 0)).learningRate
        let validationLoss = judged.map { $0.meanLoss + trainer.judgedPenalty }
        if let loss = validationLoss, !loss.isFinite {
            throw TrainingError.validationLossNotFinite(
                loss: loss, epoch: history.count + 1, learningRate: lastRate)
        }
        var record = EpochRecord(
            stage: stage.name, epoch: history.count + 1, learningRate: lastRate,
            loss: progress.epoch.meanLoss, accuracy: progress.epoch.accuracy,
            validationLoss: validationLoss, validationAccuracy: judged?.accuracy,
            seconds: elapsed(), imagesPerSecond: Double(progress.epoch.done) / trained)
        try judged?.fill(&record, withAUC: stage.monitors.contains(.validationAUC))
        return record
    }

    private func eventProgress(
        of stage: TrainingStage, total: Int, _ step: StepRecord
    ) -> TrainingEvent.Progress {
        let epoch = progress.epoch
        return TrainingEvent.Progress(
            stage: stage.name, epoch: progress.epochs + 1, epochs: stage.epochs, done: epoch.done,
            total: total, loss: epoch.meanLoss, accuracy: epoch.accuracy,
            imagesPerSecond: Double(epoch.done) / epoch.seconds, step: step)
    }

    private func evaluate(_ loader: BatchLoader, _ observe: Observer) throws -> ValidationMetrics {
        var metrics = ValidationMetrics()
        let batches = try batches(of: loader) { try observe(.features($0)) }
        while let batch = try batches.next() {
            metrics.add(try trainer.evaluate(batch.inputs, batch.targets), batch)
        }
        return metrics
    }
}
