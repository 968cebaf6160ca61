import Datasets
import Evaluation
import Experiments
import Foundation
import KerasFiles
import Layers
import Reports
import Training

/// Runs an experiment and records it in a folder of its own: what was asked for, what happened, what came
/// out, and the evidence.
///
/// The folder is made with the configuration in it, gets a line in its log whenever something happens, a
/// checkpoint after every epoch, and the rest at the end, `run.json` last. The files are those of
/// ``RunFolder`` and ``EvidenceWriter``; where the experiment has a baseline, its evidence is in the folder
/// `from_scratch`. As long as the value is there, nobody else can resume the run.
public struct RunRecorder {
    /// Where the run is recorded.
    public let folder: RunFolder
    /// What is run.
    public let experiment: Experiment
    /// Why the last checkpoint of a run that is resumed could not be used, but only the one before; nil where
    /// it could.
    public let damage: String?
    /// Is called before anything is written that replaces what the folder has; where it throws, nothing more is.
    public var permitWriting: () throws -> Void = {}
    /// Whether there is drawn what a person looks at and a sweep's trials do without: the learning curves after every
    /// epoch and not only at the end, the curves over the steps, pictures of mistakes and doubts.
    public var isIllustrated = true
    /// Decides by the results whether the weights are worth their room.
    public var keepsWeights: (RunSummary.Results) throws -> Bool = { _ in true }
    private let log: RunLog
    private let origin: RunOrigin
    private let beginning: Beginning
    private let provenance: Provenance
    /// The pairs of pictures in different splits that are the same or nearly so; nil where nobody looked.
    public private(set) var duplicates: [DuplicatePair]?

    /// Makes the folder, with the configuration in it.
    /// - Parameters:
    ///   - runs: the folder that holds all runs' folders.
    ///   - commandLine: what the log says the run was started with.
    /// - Throws: ``ExperimentError/folder(path:reason:)``, ``ConfigurationError/emission(_:)``
    public init(_ experiment: Experiment, in runs: URL, commandLine: [String] = []) throws {
        try self.init(
            experiment, at: .create(named: experiment.configuration.name, in: runs), commandLine: commandLine)
    }

    /// Records in a folder that is there, and has nothing of a run yet.
    /// - Throws: ``ExperimentError/folder(path:reason:)``, ``ExperimentError/stillRunning(path:)``,
    ///   ``ConfigurationError/emission(_:)``
    public init(_ experiment: Experiment, at folder: RunFolder, commandLine: [String] = []) throws {
        self.experiment = experiment
        self.folder = folder
        origin = try RunOrigin(experiment, began: Date())
        beginning = Beginning()
        provenance = try Provenance(of: experiment)
        damage = nil
        log = try RunLog(at: folder.log)
        try folder.write(Data(origin.configuration.utf8), to: folder.configuration.lastPathComponent)
        if let changes = WorkingChanges.diff() { try folder.write(changes, to: "git.diff") }
        try log.record("began", RunStart(experiment, commandLine, provenance))
        try recordData()
    }

    /// Goes on with a run that was stopped, from its checkpoint, or from its beginning where it has none yet.
    /// - Parameters:
    ///   - folder: the run's folder.
    ///   - commandLine: what the log says the run was resumed with.
    ///   - data: what runs that follow each other have in common; nil for nothing.
    /// - Returns: nil where the run is finished.
    /// - Throws: ``ExperimentError``, and whatever an ``Experiment`` that cannot be made gives cause for.
    public init?(
        resuming folder: RunFolder, commandLine: [String] = [], sharing data: SharedData? = nil
    ) throws {
        // With the log, this is the only one that goes on.
        log = try RunLog(at: folder.log)
        folder.removeUnfinishedFiles()
        guard !folder.isFinished else {
            Checkpoint.remove(from: folder)
            return nil
        }
        self.folder = folder
        experiment = try Experiment(.load(path: folder.path("config.yaml")), sharing: data)
        let checkpoint = try Checkpoint.read(folder, for: experiment)
        origin = try checkpoint?.origin ?? RunOrigin(experiment, began: Date())
        beginning = Beginning(checkpoint)
        provenance = try Provenance(of: experiment)
        damage = checkpoint?.damage
        try log.record("resumed", RunStart(experiment, commandLine, provenance, from: checkpoint))
    }

    /// Writes what there is to say of the pictures.
    private mutating func recordData() throws {
        let dataset = experiment.dataset
        if experiment.configuration.data.duplicates != .ignore {
            duplicates = experiment.duplicatesAcrossSplits()
        }
        try DataEvidence(dataset).write(duplicates, to: folder.url)
        if let duplicates, !duplicates.isEmpty {
            try log.record("duplicates", ["pairs": duplicates.count])
        }
    }

    /// Trains, judges and writes everything.
    /// - Parameters:
    ///   - interval: how long is waited, within an epoch, before there is another checkpoint.
    ///   - steps: how many steps are taken before there is; nil to go by the time alone.
    ///   - features: where what frozen beginnings of the network give is kept; nowhere if not given.
    /// - Throws: what the training and `observe` throw; the folder then has a log that says so, and no
    ///   summary.
    public func run(
        checkpointEvery interval: Duration = .seconds(300), steps: Int? = nil,
        reusing features: FeatureReuse = FeatureReuse(), observe: @escaping ExperimentRunner.Observer
    ) throws -> RunSummary {
        do {
            return try recordedRun(interval, steps, features, observe)
        } catch is CancellationError {
            try? log.record("interrupted", [String: String]())
            throw CancellationError()
        } catch {
            try? log.record("failed", ["error": "\(error)"])
            throw error
        }
    }

    private func recordedRun(
        _ interval: Duration, _ steps: Int?, _ features: FeatureReuse,
        _ observe: @escaping ExperimentRunner.Observer
    ) throws -> RunSummary {
        let recording = try epochRecording()
        var fineTuned = beginning.fineTuned
        let runner = ExperimentRunner(
            experiment, resuming: beginning.point,
            checkpointing: .init(every: interval, steps: steps) { position in
                try permitWriting()
                try recording.flush()
                try Checkpoint(origin: origin, fineTuned: fineTuned, position: position)
                    .write(to: folder, leavingOut: experiment.parameters)
            },
            reusing: features,
            observe: { event in
                if case .training(.epochEnded, _) = event { try permitWriting() }
                try recording.hear(event)
                if recording.isBehind {
                    try permitWriting()
                    try recording.flush()
                }
                try observe(event)
            })
        let results = try fineTuned ?? record(runner.run(), recording)
        fineTuned = results
        let fromScratch = try runner.runBaseline().map { try write($0, to: folder.file("from_scratch")) }
        let summary = RunSummary(
            experiment, fineTuned: results, fromScratch: fromScratch, features: features.use,
            provenance: provenance, timings: recording.timings, began: origin.began, version: graftVersion)
        try permitWriting()
        try log.record("ended", summary)
        try folder.write(summary.encoded(), to: folder.summary.lastPathComponent)
        Checkpoint.remove(from: folder)
        return summary
    }

    /// The learning curves go on from the checkpoint; those of later epochs are trained again.
    private func epochRecording() throws -> EpochRecording {
        let history = beginning.history
        if !history.isEmpty { try EvidenceWriter(folder: folder.url).write(LearningHistory(epochs: history)) }
        // All steps stay where only the baseline is left to train.
        let next = beginning.fineTuned == nil ? history.count + 1 : .max
        return EpochRecording(
            log: log, folder: folder.url, history: history,
            steps: try StepTable(in: folder.url, before: next, after: beginning.steps),
            draws: isIllustrated)
    }

    private func record(
        _ outcome: ExperimentRunner.Outcome, _ recording: EpochRecording
    ) throws -> RunSummary.Results {
        try permitWriting()
        let results = try write(outcome, to: folder.url)
        if try keepsWeights(results) {
            let weights = folder.weights.path(percentEncoded: false)
            try WeightsWriter(experiment.savedNetwork).write(outcome.parameters, to: weights)
        } else {
            folder.removeWeights()
        }
        guard isIllustrated else { return results }
        try WeightChangeEvidence(experiment, outcome.parameters)?.write(to: folder.url)
        try recording.flush()
        try EvidenceWriter(folder: folder.url)
            .write(StepHistory(contentsOfCSV: folder.file("steps.csv")))
        if let predictions = try outcome.judgement.scaled(by: outcome.temperature?.scaling).single {
            try GalleryEvidence(predictions, of: experiment.dataset).write(to: folder.url)
        }
        return results
    }

    private func write(
        _ outcome: ExperimentRunner.Outcome, to folder: URL
    ) throws -> RunSummary.Results {
        let writer = EvidenceWriter(folder: folder)
        let temperature = outcome.temperature?.scaling
        try writer.write(outcome.judgement, at: temperature)
        if let validation = outcome.validation { try writer.write(validation: validation, at: temperature) }
        // Without early stopping the last epoch is kept because it is the last, not because it is the best.
        let picksBest = experiment.configuration.earlyStopping?.restoreBestWeights == true
        try writer.write(
            LearningHistory(epochs: outcome.history, best: picksBest ? outcome.keptEpoch - 1 : nil))
        var results = try RunSummary.Results(
            outcome.judgement.scaled(by: temperature), history: outcome.history)
        results.temperature = outcome.temperature
        // The mean of several epochs' arrays was judged in none of them.
        if picksBest || !experiment.configuration.regularization.endsWithMean {
            results.keptEpoch = outcome.history[outcome.keptEpoch - 1]
        }
        return results
    }
}

/// Where a run is taken up.
private struct Beginning {
    let point: ResumePoint
    /// The results of the network that the experiment is about, where only its baseline is left to train.
    let fineTuned: RunSummary.Results?
    /// The epochs that the network has behind it, where it is the one that is trained.
    let history: [EpochRecord]
    /// How many steps of the next epoch it has.
    let steps: Int

    init(_ checkpoint: Checkpoint? = nil) {
        point = ResumePoint(checkpoint?.position)
        fineTuned = checkpoint?.fineTuned
        history = checkpoint?.fineTuned == nil ? checkpoint?.position.loop.history ?? [] : []
        steps = checkpoint?.fineTuned == nil ? checkpoint?.position.loop.stage.epoch.steps ?? 0 : 0
    }
}
