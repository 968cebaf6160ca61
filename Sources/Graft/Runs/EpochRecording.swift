import Evaluation
import Experiments
import Foundation
import Reports
import Training

/// Records what happens while the training runs: a line in the log, and after each epoch the learning curves
/// so far.
final class EpochRecording {
    private let log: RunLog
    private let folder: URL
    private var history: LearningHistory
    private var steps: StepTable
    private var lastFlush = ContinuousClock.now
    private let draws: Bool

    /// A recording that goes on after the epochs, and the steps of the next, that are recorded already.
    /// - Parameter draws: whether the curves are drawn after each epoch.
    init(log: RunLog, folder: URL, history: [EpochRecord], steps: StepTable, draws: Bool) {
        self.draws = draws
        self.log = log
        self.folder = folder
        self.history = LearningHistory(epochs: history)
        self.steps = steps
    }

    /// What the steps so far took together.
    var timings: StepTimings { steps.timings }

    /// Writes the steps so far: before each checkpoint, which is gone on from, and while somebody may look.
    func flush() throws {
        try steps.flush()
        lastFlush = .now
    }

    /// Whether steps have waited to be written for longer than somebody who follows the run would like to.
    var isBehind: Bool { ContinuousClock.now - lastFlush > .seconds(2) }

    private struct Stage: Encodable {
        var variant: String
        var stage: String
        var trainableParameters: Int?
        var epochs: Int
        var keptEpoch: Int?
        var stoppedEarly: Bool?
    }

    private struct Solving: Encodable {
        var solver: String
        var settings: String
        var samples: Int
    }

    private struct Warning: Encodable {
        var solver: String
        var iterations: Int
        var maxIter: Int
        var gradient: Double
        var tol: Double
        var message: String
    }

    private struct Unfrozen: Encodable {
        var variant: String
        var groups: [String]
        var trainableParameters: Int
    }

    private struct Epoch: Encodable {
        var variant: String
        var metrics: EpochRecord

        private enum Keys: String, CodingKey { case variant }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(variant, forKey: .variant)
            try metrics.encode(to: encoder)
        }
    }

    /// Writes what is worth a line.
    func hear(_ event: ExperimentEvent) throws {
        if case .solving(let solver, let samples) = event {
            try log.record(
                "solving", Solving(solver: solver.name, settings: solver.settings, samples: samples))
        }
        if case .solvedPartly(let warning) = event {
            try log.record(
                "warning",
                Warning(
                    solver: warning.solver, iterations: warning.iterations, maxIter: warning.maxIter,
                    gradient: warning.gradient, tol: warning.tol, message: "\(warning)"))
        }
        guard case .training(let event, let variant) = event else { return }
        switch event {
        case .stageBegan(let stage, let count):
            try log.record(
                "stage_began",
                Stage(
                    variant: variant.rawValue, stage: stage.name, trainableParameters: count,
                    epochs: stage.epochs))
        case .layersUnfrozen(let groups, let count):
            try log.record(
                "layers_unfrozen",
                Unfrozen(variant: variant.rawValue, groups: groups, trainableParameters: count))
        case .stepEnded(let progress): if variant == .fineTuned { steps.add(progress.step) }
        case .statisticsEstimated, .features(.computing), .features(.waiting): break
        case .features(.damaged(let path)):
            try log.record("features_damaged", ["path": path, "variant": variant.rawValue])
        case .features(.unavailable(let reason)):
            try log.record("features_not_kept", ["reason": reason, "variant": variant.rawValue])
        case .epochEnded(let record):
            try log.record("epoch", Epoch(variant: variant.rawValue, metrics: record))
            guard variant == .fineTuned else { return }
            history.epochs.append(record)
            try steps.flush()
            try EvidenceWriter(folder: folder).write(history, drawing: draws)
        case .stageEnded(let stage, let epochs, let kept, let stoppedEarly):
            try log.record(
                "stage_ended",
                Stage(
                    variant: variant.rawValue, stage: stage.name, epochs: epochs, keptEpoch: kept,
                    stoppedEarly: stoppedEarly))
        }
    }
}
