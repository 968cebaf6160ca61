import Evaluation
import Experiments
import Foundation
import KerasFiles
import Reports

/// Runs an experiment and records it in a folder of its own: what was asked for, what happened, what came
/// out, and the evidence.
public struct RunRecorder {
    /// Where the run is recorded.
    public let folder: RunFolder
    private let experiment: Experiment
    private let log: RunLog
    private let began = Date()

    /// Makes the folder, with the configuration in it.
    /// - Parameter runs: the folder that holds all runs' folders.
    /// - Throws: ``ExperimentError/folder(path:reason:)``
    public init(_ experiment: Experiment, in runs: URL, commandLine: [String] = []) throws {
        self.experiment = experiment
        folder = try RunFolder.create(named: experiment.configuration.name, in: runs)
        log = try RunLog(at: folder.log)
        try folder.write(Data(experiment.configuration.yaml.utf8), to: "config.yaml")
        try log.record("began", Beginning(experiment, commandLine))
    }

    /// Trains, judges and writes everything.
    /// - Throws: what the training throws; the folder then has a log and no summary.
    public func run(observe: @escaping ExperimentRunner.Observer) throws -> RunSummary {
        do {
            return try recordedRun(observe)
        } catch {
            try? log.record("failed", ["error": "\(error)"])
            throw error
        }
    }

    private func recordedRun(_ observe: @escaping ExperimentRunner.Observer) throws -> RunSummary {
        let recording = EpochRecording(folder: folder, log: log)
        let runner = ExperimentRunner(experiment) { event in
            try recording.hear(event)
            try observe(event)
        }
        let fineTuned = try runner.run()
        try WeightsWriter.write(fineTuned.parameters, of: experiment.network, to: folder.weights)
        try Evidence.write(fineTuned.predictions, history: fineTuned.history, to: folder.url)
        let baseline = try runner.runBaseline()
        if let baseline {
            try Evidence.write(
                baseline.predictions, history: baseline.history, to: try folder.subfolder("from_scratch"))
        }
        let summary = try RunSummary(experiment, fineTuned, baseline, began: began, version: graftVersion)
        try folder.write(summary.encoded(), to: folder.summary.lastPathComponent)
        try log.record("ended", summary)
        return summary
    }
}
