import Datasets
import Layers
import Tensors
import Training

/// Works out a ``RunPlan``: compiles what each phase computes, and times it if that is wanted.
///
/// ```swift
/// let plan = try RunPlanner(experiment).plan { done, total in … }
/// ```
public struct RunPlanner {
    private let experiment: Experiment
    private let isTimed: Bool
    private let loaders: SplitLoaders
    private let stopwatch: StepStopwatch

    /// A planner.
    /// - Parameter isTimed: whether steps are run and timed.
    public init(_ experiment: Experiment, isTimed: Bool = true) {
        self.experiment = experiment
        self.isTimed = isTimed
        loaders = SplitLoaders(experiment)
        stopwatch = StepStopwatch(experiment)
    }

    /// Works the plan out.
    /// - Parameter observe: hears how many of how many phases are done.
    /// - Throws: ``TensorError`` where memory is short, ``TrainingError``.
    public func plan(observe: (Int, Int) throws -> Void = { _, _ in }) throws -> RunPlan {
        let spans = try self.spans()
        var phases: [RunPlan.Phase] = []
        for span in spans {
            try observe(phases.count, spans.count)
            phases.append(try phase(span))
        }
        try observe(spans.count, spans.count)
        let batches = try loaders.loader(.test, batchSize: evaluationBatchSize)?.batchCount ?? 0
        let variants = Set(spans.map(\.variant)).count
        let perBatch = isTimed ? try stopwatch.secondsPerJudgedBatch(of: evaluationBatchSize) : nil
        let testSeconds = perBatch.map { $0 * Double(batches * variants) }
        return RunPlan(
            groups: experiment.network.groups.map(group), phases: phases, testSeconds: testSeconds,
            peakMemory: phases.map(\.memory.total).max() ?? 0,
            seconds: testSeconds.map { $0 + phases.reduce(0) { $0 + ($1.seconds ?? 0) } },
            mayStopEarly: experiment.configuration.earlyStopping != nil)
    }

    // MARK: Epochs

    /// Epochs of a stage with the same trained layers.
    private struct Span {
        var variant: ExperimentEvent.Variant
        var index: Int
        var stage: TrainingStage
        var epochs: ClosedRange<Int>
    }

    private func spans() throws -> [Span] {
        let isCompared = experiment.configuration.training.baseline == .fromScratch
        let variants: [ExperimentEvent.Variant] = isCompared ? [.fineTuned, .fromScratch] : [.fineTuned]
        return try variants.flatMap { variant in
            try experiment.stages.enumerated().flatMap { index, stage in
                let stage = variant == .fineTuned ? stage : try stage.trainingAll(of: experiment.network)
                return ranges(of: stage).map {
                    Span(variant: variant, index: index, stage: stage, epochs: $0)
                }
            }
        }
    }

    private func ranges(of stage: TrainingStage) -> [ClosedRange<Int>] {
        func layers(_ epoch: Int) -> Set<String> { stage.layers(of: experiment.network, inEpoch: epoch) }
        let length = stage.unfreezing?.every ?? stage.epochs
        let starts = stride(from: 0, to: stage.epochs, by: length).filter {
            $0 == 0 || layers($0) != layers($0 - 1)
        }
        return zip(starts, starts.dropFirst() + [stage.epochs]).map { $0...($1 - 1) }
    }

    // MARK: Phases

    private var evaluationBatchSize: Int { experiment.configuration.training.batchSize }

    private func phase(_ span: Span) throws -> RunPlan.Phase {
        let (stage, training) = (span.stage, experiment.configuration.training)
        let batchSize = training.batchSize(of: training.stages[span.index])
        let loader = try loaders.loader(.train, batchSize: batchSize)!
        let validation = try loaders.loader(.validation, batchSize: evaluationBatchSize)
        var trainer = try Trainer(
            experiment.network, experiment.parameters, seed: experiment.configuration.seed)
        try trainer.begin(stage, inEpoch: span.epochs.lowerBound)
        let memory = try memory(of: trainer, stage, loader)
        var step: Double?
        var seconds: Double?
        if isTimed {
            let perStep = try stopwatch.secondsPerStep(of: batchSize, &trainer, in: stage)
            let perBatch = try stopwatch.secondsPerJudgedBatch(of: evaluationBatchSize)
            let epoch =
                perStep * Double(loader.batchCount) + perBatch * Double(validation?.batchCount ?? 0)
            (step, seconds) = (perStep, epoch * Double(span.epochs.count))
        }
        return RunPlan.Phase(
            variant: span.variant, stage: span.index + 1, name: stage.name,
            firstEpoch: span.epochs.lowerBound + 1, lastEpoch: span.epochs.upperBound + 1,
            batchSize: batchSize, stepsPerEpoch: loader.batchCount,
            optimizer: training.stages[span.index].optimizer.node["name"]?.scalar?.text ?? "",
            trainableParameters: trainer.trainableParameterCount,
            groups: experiment.network.groups.map { role($0, stage, trainer, span.epochs.lowerBound) },
            memory: memory, secondsPerStep: step, seconds: seconds)
    }

    private func group(_ name: String) -> RunPlan.Group {
        let nodes = experiment.network.nodes.dropFirst().filter { $0.group == name }
        return RunPlan.Group(
            name: name, layers: nodes.count,
            parameters: nodes.flatMap(\.parameters).reduce(0) { $0 + $1.shape.elementCount })
    }

    private func role(
        _ group: String, _ stage: TrainingStage, _ trainer: Trainer, _ epoch: Int
    ) -> RunPlan.Role {
        let nodes = experiment.network.nodes.filter { $0.group == group }
        let layers = stage.layers(of: experiment.network, inEpoch: epoch)
        let count = experiment.network.trainableParameterCount(
            in: trainer.trainableLayers.intersection(nodes.map(\.name)))
        let behaviors = Set(
            nodes.filter { $0.layer is BatchNormalization }.map {
                stage.batchNormalization.behavior(isFrozen: !layers.contains($0.name)).rawValue
            })
        let rate = stage.schedule.base * (stage.learningRateFactors[group] ?? 1)
        return RunPlan.Role(
            group: group, trainableParameters: count, learningRate: count > 0 ? rate : nil,
            batchNormalization: behaviors.sorted())
    }

    // MARK: Memory

    private func memory(
        of trainer: Trainer, _ stage: TrainingStage, _ loader: BatchLoader
    ) throws -> RunPlan.Memory {
        let steps = try trainer.memory(
            batchSize: loader.batchSize, evaluationBatchSize: evaluationBatchSize)
        let best = stage.earlyStopping?.restoreBestWeights == true ? trainer.trainableParameterCount * 4 : 0
        let validation = experiment.dataset.indices(in: .validation)
        // Validation pictures are kept by a loader of their own.
        return RunPlan.Memory(
            parameters: steps.parameters + best, optimizer: steps.optimizerState,
            plan: steps.workspace + steps.persistent,
            loader: loader.memory(pictures: loader.indices)
                + (validation.isEmpty ? 0 : loader.memory(pictures: validation)))
    }
}
