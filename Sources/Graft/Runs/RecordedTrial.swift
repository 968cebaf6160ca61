import Evaluation
import Experiments
import Foundation
import Sweeps
import Training

/// Runs a sweep's trials as `graft train` runs an experiment: recorded, with a checkpoint after every epoch, but without
/// galleries of pictures and curves over the steps.
///
/// What one trial has found out serves the next: the pictures, where the data are the same, the weights that are
/// imported, and what a frozen beginning of the network makes of the pictures. The numbers are those of each
/// trial alone.
public struct RecordedTrial: TrialRunner {
    private let interval: Duration
    private let data = SharedData()
    private let features = SharedFeatures()

    /// - Parameter interval: how long is waited, within an epoch, before there is another checkpoint.
    public init(checkpointEvery interval: Duration = .seconds(300)) { self.interval = interval }

    /// Runs the experiment, goes on with it, or reads what came out.
    public func run(
        _ configuration: ExperimentConfiguration, in folder: RunFolder, control: TrialControl
    ) throws -> [String: Double] {
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        guard var recorder = try recorder(configuration, folder) else {
            return try Self.results(.read(folder))
        }
        recorder.permitWriting = control.permitWriting
        // Nobody looks at hundreds of runs while they go on; the tables are there.
        recorder.isIllustrated = false
        let parameterCount = recorder.experiment.network.parameterCount
        recorder.keepsWeights = { try control.keepsWeights(Self.metrics($0, parameterCount: parameterCount)) }
        let cache = recorder.experiment.configuration.training.featureCache
        let features = cache.reuseAmongRuns(sharing: features, as: control.member)
        let summary = try recorder.run(checkpointEvery: interval, reusing: features) { event in
            if case .training(.epochEnded(let record), .fineTuned) = event { try control.epochEnded(record) }
            try control.check()
        }
        return Self.results(summary)
    }

    /// What records the run; nil where it is finished.
    private func recorder(
        _ configuration: ExperimentConfiguration, _ folder: RunFolder
    ) throws -> RunRecorder? {
        if FileManager.default.fileExists(atPath: folder.configuration.path(percentEncoded: false)) {
            return try RunRecorder(resuming: folder, sharing: data)
        }
        return try RunRecorder(Experiment(configuration, sharing: data), at: folder)
    }

    /// The metrics that a trial has at its end.
    private static func results(_ summary: RunSummary) -> [String: Double] {
        metrics(summary.fineTuned, parameterCount: summary.parameterCount)
    }

    private static func metrics(_ results: RunSummary.Results, parameterCount: Int) -> [String: Double] {
        var metrics = [
            "test_accuracy": results.accuracy, "test_balanced_accuracy": results.balancedAccuracy,
            "test_f1_macro": results.macroF1, "test_log_loss": results.logLoss, "seconds": results.seconds,
            "epochs": Double(results.epochs), "parameter_count": Double(parameterCount),
        ]
        // The weights that are kept need not be the last epoch's.
        metrics.merge(results.keptEpoch?.metrics ?? [:]) { first, _ in first }
        metrics["test_roc_auc_macro_ovr"] = results.macroAUC
        return metrics
    }
}
