import Evaluation
import Experiments
import Foundation
import KerasFiles
import Reports

/// Runs an experiment and records it in a folder of its own: what was asked for, what happened, what came
/// out, and the evidence.
///
/// The folder is made with the configuration in it, gets a line in its log whenever something happens, and
/// the rest at the end, `run.json` last. The files are those of ``RunFolder`` and ``EvidenceWriter``; where
/// the experiment has a baseline, its evidence is in the folder `from_scratch`.
public struct RunRecorder {
    /// Where the run is recorded.
    public let folder: RunFolder
    private let experiment: Experiment
    private let log: RunLog
    private let began = Date()

    private struct Beginning: Encodable {
        var commandLine: [String]
        var graftVersion: String
        var weights: ImportReport?
        var skipped: [String]
    }

    /// Makes the folder, with the configuration in it.
    /// - Parameters:
    ///   - runs: the folder that holds all runs' folders.
    ///   - commandLine: what the log says the run was started with.
    /// - Throws: ``ExperimentError/folder(path:reason:)``, ``ConfigurationError/emission(_:)``
    public init(_ experiment: Experiment, in runs: URL, commandLine: [String] = []) throws {
        self.experiment = experiment
        let configuration = Data(try experiment.configuration.yaml().utf8)
        folder = try RunFolder.create(named: experiment.configuration.name, in: runs)
        log = try RunLog(at: folder.log)
        try folder.write(configuration, to: folder.configuration.lastPathComponent)
        try log.record(
            "began",
            Beginning(
                commandLine: commandLine, graftVersion: graftVersion, weights: experiment.importReport,
                skipped: experiment.dataset.skipped.map { "\($0.identifier): \($0.reason)" }))
    }

    /// Trains, judges and writes everything.
    /// - Throws: what the training and `observe` throw; the folder then has a log that says so, and no
    ///   summary.
    public func run(observe: @escaping ExperimentRunner.Observer) throws -> RunSummary {
        do {
            return try recordedRun(observe)
        } catch is CancellationError {
            try? log.record("interrupted", [String: String]())
            throw CancellationError()
        } catch {
            try? log.record("failed", ["error": "\(error)"])
            throw error
        }
    }

    private func recordedRun(_ observe: @escaping ExperimentRunner.Observer) throws -> RunSummary {
        let recording = EpochRecording(log: log, folder: folder.url)
        let runner = ExperimentRunner(experiment) { event in
            try recording.hear(event)
            try observe(event)
        }
        let fineTuned = try runner.run()
        let weights = folder.weights.path(percentEncoded: false)
        try WeightsWriter(experiment.network).write(fineTuned.parameters, to: weights)
        try write(fineTuned, to: folder.url)
        let baseline = try runner.runBaseline()
        if let baseline { try write(baseline, to: folder.file("from_scratch")) }
        let summary = try RunSummary(
            experiment, fineTuned: fineTuned, fromScratch: baseline, began: began, version: graftVersion)
        try log.record("ended", summary)
        try folder.write(summary.encoded(), to: folder.summary.lastPathComponent)
        return summary
    }

    private func write(_ outcome: ExperimentRunner.Outcome, to folder: URL) throws {
        let writer = EvidenceWriter(folder: folder)
        try writer.write(outcome.predictions)
        // Without early stopping the last epoch is kept because it is the last, not because it is the best.
        let picksBest = experiment.configuration.earlyStopping?.restoreBestWeights == true
        try writer.write(
            LearningHistory(epochs: outcome.history, best: picksBest ? outcome.keptEpoch - 1 : nil))
    }
}
