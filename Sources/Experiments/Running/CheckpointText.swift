import Evaluation
import Layers
import Training

/// What a checkpoint says beside its arrays, as JSON.
struct CheckpointText: Codable {
    /// The version of the layout.
    private static let format = 1

    var format = Self.format
    var origin: RunOrigin
    var fineTuned: RunSummary.Results?
    var variant: ExperimentEvent.Variant
    var stage: Int
    var steps: Int
    var optimizerSteps: Int
    /// How many of them were over when an array joined; nil where all were there from the start.
    var optimizerJoined: [String: Int]?
    /// The arrays that are what the run began with, and not in the file; nil where there are none.
    var unchanged: [String]?
    var history: [EpochRecord]
    var stageEpochs: Int
    var earlyStopping: EarlyStopping.Progress
    var plateau: ReduceOnPlateau.Progress?
    /// How many sets of arrays the average is of; nil where there is none.
    var averaged: Int?
    var hasStopped: Bool
    var hasBest: Bool
    var epoch: EpochProgress

    private enum CodingKeys: String, CodingKey {
        case format, origin, variant, stage, steps, unchanged, history, epoch, plateau, averaged
        case fineTuned = "fine_tuned"
        case optimizerSteps = "optimizer_steps"
        case optimizerJoined = "optimizer_joined"
        case stageEpochs = "stage_epochs"
        case earlyStopping = "early_stopping"
        case hasStopped = "has_stopped"
        case hasBest = "has_best"
    }

    /// What is wrong with a checkpoint whose checksum is right.
    struct Problem: Error { var reason: String }

    init(_ checkpoint: Checkpoint, unchanged: Set<String> = []) {
        self.unchanged = unchanged.isEmpty ? nil : unchanged.sorted()
        origin = checkpoint.origin
        fineTuned = checkpoint.fineTuned
        variant = checkpoint.position.variant
        stage = checkpoint.position.stage
        let loop = checkpoint.position.loop
        steps = loop.trainer.stepCount
        optimizerSteps = loop.trainer.optimizer.stepCount
        let joined = loop.trainer.optimizer.joined.map { ("\($0)", $1) }
        optimizerJoined = joined.isEmpty ? nil : Dictionary(uniqueKeysWithValues: joined)
        history = loop.history
        stageEpochs = loop.stage.epochs
        earlyStopping = loop.stage.earlyStopping
        plateau = loop.stage.plateau
        averaged = loop.trainer.average?.count
        hasStopped = loop.stage.hasStopped
        hasBest = loop.stage.best != nil
        epoch = loop.stage.epoch
    }

    /// The checkpoint that has these arrays.
    /// - Throws: ``Problem`` where it cannot be one of the experiment's.
    func checkpoint(with arrays: CheckpointArrays, of experiment: Experiment) throws -> Checkpoint {
        guard format == Self.format else {
            throw Problem(reason: "expected layout \(Self.format), found \(format)")
        }
        let counts = [
            stage, steps, optimizerSteps, stageEpochs, epoch.steps, epoch.done, epoch.correct, averaged ?? 0,
        ]
        guard counts.allSatisfy({ $0 >= 0 }), stage < experiment.stages.count,
            stageEpochs <= history.count, stageEpochs <= experiment.stages[stage].epochs,
            (variant == .fromScratch) == (fineTuned != nil)
        else { throw Problem(reason: "its counters are not those of the run's stages") }
        let trainer = TrainerState(
            parameters: arrays.parameters, stepCount: steps,
            optimizer: .init(
                stepCount: optimizerSteps, slots: arrays.slots, joined: try joined(arrays.slots.keys)),
            average: averaged.map { WeightAverage(arrays: arrays.average, count: $0) })
        var progress = StageProgress()
        progress.epochs = stageEpochs
        progress.earlyStopping = earlyStopping
        progress.plateau = plateau ?? .init()
        progress.hasStopped = hasStopped
        progress.best = hasBest ? arrays.best : nil
        progress.epoch = epoch
        return Checkpoint(
            origin: origin, fineTuned: fineTuned,
            position: RunPosition(
                variant: variant, stage: stage,
                loop: LoopState(trainer: trainer, history: history, stage: progress)))
    }

    private func joined(_ keys: some Sequence<ParameterKey>) throws -> [ParameterKey: Int] {
        let names = Dictionary(uniqueKeysWithValues: keys.map { ("\($0)", $0) })
        var joined: [ParameterKey: Int] = [:]
        for (name, step) in optimizerJoined ?? [:] {
            guard let key = names[name], (0..<optimizerSteps).contains(step) else {
                throw Problem(reason: "the optimizer cannot know '\(name)' since step \(step)")
            }
            joined[key] = step
        }
        return joined
    }
}
