import Foundation
import Graft
import TestSupport

/// A small run with everything that a checkpoint has to keep, which can be stopped and resumed.
struct ResumableRun {
    /// Ends a run as a crash would: nothing is saved on the way out.
    struct Crash: Error {}

    let small: SmallExperiment
    let folder: RunFolder

    /// Two stages with their own optimizers, dropout, augmentation, early stopping, and a baseline.
    static func configuration(
        _ small: SmallExperiment, _ overrides: [String] = []
    ) throws -> ExperimentConfiguration {
        try .parse(
            small.yaml,
            overrides: [
                "training.baseline=from_scratch", "model.head.dropout=0.3", "data.augmentation.rotation=15",
                "data.augmentation.horizontal_flip=true",
                "training.stages.0.epochs=4", "training.stages.0.learning_rate=0.5",
                "training.stages.1.optimizer={name: sgd, momentum: 0.9}", "training.stages.1.epochs=3",
                "training.stages.1.learning_rate=0.01", "training.stages.1.schedule=cosine",
                "regularization.early_stopping={patience: 1}", "regularization.l2=0.001",
            ] + overrides)
    }

    /// Begins a run that ends where `observe` ends it.
    init(
        _ small: SmallExperiment, overrides: [String] = [],
        observe: @escaping ExperimentRunner.Observer = { _ in }
    ) throws {
        let recorder = try RunRecorder(Experiment(Self.configuration(small, overrides)), in: small.runs)
        (self.small, folder) = (small, recorder.folder)
        try Self.run(recorder, observe)
    }

    /// Goes on with the run, if it is not finished.
    /// - Returns: whether there was something to go on with.
    @discardableResult
    func resume(observe: @escaping ExperimentRunner.Observer = { _ in }) throws -> Bool {
        guard let recorder = try RunRecorder(resuming: folder) else { return false }
        try Self.run(recorder, observe)
        return true
    }

    private static func run(
        _ recorder: RunRecorder, _ observe: @escaping ExperimentRunner.Observer
    ) throws {
        do {
            _ = try recorder.run(checkpointEvery: .seconds(3600), observe: observe)
        } catch is Crash {} catch is CancellationError {}
    }
}

/// What must be the same in two runs: everything but times.
struct RunResults: Equatable {
    let files: [String: Data]
    let metrics: [[String]]
    let epochs: [Int?]

    init(_ folder: RunFolder) throws {
        let names = [
            "model.weights.h5", "predictions.csv", "from_scratch/predictions.csv", "summary.csv",
            "from_scratch/roc.csv", "config.yaml",
        ]
        files = try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.file($0))) })
        metrics = try ["metrics.csv", "from_scratch/metrics.csv"].flatMap { name in
            let table = try CSVReader(contentsOf: folder.file(name))
            let timed = table.header.indices.filter {
                ["seconds", "images_per_second"].contains(table.header[$0])
            }
            return table.records.map { record in
                record.fields.enumerated().filter { !timed.contains($0.offset) }.map(\.element)
            }
        }
        let summary = try RunSummary.read(folder)
        epochs = [summary.fineTuned.epochs, summary.fromScratch?.epochs]
    }
}
