import Datasets
import Evaluation
import Layers
import Training

/// Runs an experiment: trains the network in its stages, or works its head out, then judges it by the test pictures.
public struct ExperimentRunner {
    /// What came out for one network.
    public struct Outcome: Sendable {
        /// Every epoch.
        public var history: [EpochRecord]
        /// The epoch that the arrays are those of.
        public var keptEpoch: Int
        /// The arrays at the end.
        public var parameters: Parameters
        /// What the network says of the validation pictures; nil where there are none.
        public var validation: Judgement?
        /// What the network says of the test pictures.
        public var judgement: Judgement
        /// What the network's probabilities are to be scaled by, fitted to the validation pictures; nil where the
        /// configuration wants none. ``validation`` and ``judgement`` are not scaled.
        public var temperature: FittedTemperature?
        /// How much the reuse of features spared.
        public var features = FeatureUse()
    }

    /// Hears what happens; an error that it throws ends the run.
    public typealias Observer = (ExperimentEvent) throws -> Void

    private let experiment: Experiment
    private let loaders: SplitLoaders
    private let observe: Observer
    private let checkpointing: Checkpointing<RunPosition>?
    private let resumed: ResumePoint
    private let features: FeatureReuse

    /// A runner.
    /// - Parameters:
    ///   - resumed: where an earlier run of the experiment was, which the network's run goes on from.
    ///   - checkpointing: how positions are saved; nil for not at all.
    ///   - features: where what frozen beginnings of the network give is kept; nowhere if not given.
    public init(
        _ experiment: Experiment, resuming resumed: ResumePoint = ResumePoint(),
        checkpointing: Checkpointing<RunPosition>? = nil, reusing features: FeatureReuse = FeatureReuse(),
        observe: @escaping Observer = { _ in }
    ) {
        self.features = features
        self.experiment = experiment
        loaders = SplitLoaders(experiment)
        self.resumed = resumed
        self.checkpointing = checkpointing
        self.observe = observe
    }

    /// Trains and judges the network that the experiment is about.
    /// - Throws: ``TrainingError``, and what the pictures' files give cause for.
    public func run() throws -> Outcome {
        guard let solver = experiment.configuration.model.head.solver else {
            return try run(.fineTuned, from: experiment.parameters)
        }
        return try HeadSolution(solver, experiment, loaders, features, observe).outcome()
    }

    /// Trains and judges what the experiment is compared with, the same network with nothing imported and
    /// nothing frozen; nil where the configuration wants no comparison.
    /// - Throws: ``TrainingError``, and what the pictures' files give cause for.
    public func runBaseline() throws -> Outcome? {
        guard experiment.configuration.training.baseline == .fromScratch else { return nil }
        return try run(
            .fromScratch,
            from: experiment.network.initialParameters(seed: experiment.configuration.seed))
    }

    private func run(_ variant: ExperimentEvent.Variant, from parameters: Parameters) throws -> Outcome {
        let configuration = experiment.configuration
        var (loop, firstStage) = try loop(variant, from: parameters)
        for (index, stage) in experiment.stages.enumerated().dropFirst(firstStage) {
            let batchSize = configuration.training.batchSize(of: configuration.training.stages[index])
            // An experiment that could be made has training and test pictures.
            try loop.run(
                variant == .fineTuned ? stage : try stage.trainingAll(of: experiment.network),
                training: try loaders.loader(.train, batchSize: batchSize)!,
                validation: try loaders.loader(.validation, batchSize: configuration.training.batchSize),
                checkpointing: saving(variant, stage: index)
            ) { try observe(.training($0, variant)) }
        }
        let validation = try judgement(.validation, loop, variant)
        return Outcome(
            history: loop.history, keptEpoch: loop.keptEpoch ?? loop.history.count,
            parameters: loop.trainer.parameters, validation: validation,
            // An experiment that could be made has test pictures.
            judgement: try judgement(.test, loop, variant)!,
            temperature: try configuration.evaluation.temperature(for: validation), features: features.use)
    }

    /// What a network says of a split's pictures; nil where there are none.
    private func judgement(
        _ split: Split, _ loop: TrainingLoop, _ variant: ExperimentEvent.Variant
    ) throws -> Judgement? {
        let batchSize = experiment.configuration.training.batchSize
        guard let loader = try loaders.loader(split, batchSize: batchSize) else { return nil }
        let batches = try loop.batches(of: loader) { try observe(.training(.features($0), variant)) }
        return try loader.predictions(from: batches) {
            try loop.trainer.outputs($0)
        } observe: {
            try observe(.judging(split, done: $0, total: loader.indices.count, variant))
        }
    }

    /// A loop at its beginning, or where an earlier one was; and the stage that it is in.
    private func loop(
        _ variant: ExperimentEvent.Variant, from parameters: Parameters
    ) throws -> (TrainingLoop, stage: Int) {
        let trainer = try Trainer(
            experiment.network, parameters,
            pretrained: variant == .fineTuned ? experiment.pretrained : Parameters(),
            seed: experiment.configuration.seed)
        guard let position = resumed.take(variant) else {
            return (TrainingLoop(trainer, reusing: features), 0)
        }
        return (TrainingLoop(trainer, resuming: position.loop, reusing: features), position.stage)
    }

    private func saving(_ variant: ExperimentEvent.Variant, stage: Int) -> Checkpointing<LoopState>? {
        checkpointing.map { checkpointing in
            Checkpointing(every: checkpointing.interval, steps: checkpointing.steps) { loop in
                try checkpointing.save(RunPosition(variant: variant, stage: stage, loop: loop))
            }
        }
    }
}

extension ExperimentEvent {
    /// So many of a split's pictures were judged, when training is over.
    static func judging(_ split: Split, done: Int, total: Int, _ variant: Variant) -> Self {
        split == .test
            ? .testing(done: done, total: total, variant) : .validating(done: done, total: total, variant)
    }
}

extension EvaluationConfiguration {
    /// The temperature for a network, by what it says of its validation pictures; nil where none is wanted.
    /// - Throws: `EvaluationError` where the scores are not probabilities.
    func temperature(for validation: Judgement?) throws -> FittedTemperature? {
        guard temperatureScaling else { return nil }
        return try (validation?.single).map { try FittedTemperature(fittedTo: $0) }
    }
}
