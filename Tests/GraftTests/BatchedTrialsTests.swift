import Foundation
import Graft
import Sweeps
import TestSupport
import Testing
import Training

/// Trials that train heads on the same features, taken by a worker several at a time.
@Suite struct BatchedTrialsTests {
    private static func sweep(
        _ small: SmallExperiment, batch: Int, name: String, more: String = ""
    ) throws -> (SweepConfiguration, SweepFolder) {
        let experiment = small.yaml.split(separator: "\n").filter { !$0.contains("last_block") }
            .map { "  " + $0 }.joined(separator: "\n")
        let yaml = """
            name: \(name)
            method: grid
            metric: val_loss
            batch_trials: \(batch)
            keep_weights: all
            \(more)
            parameters:
              training.feature_cache: {value: {folder: \(small.folder.appending(path: "cache").path)}}
              training.stages.0.epochs: {value: 3}
              training.stages.0.learning_rate: {values: [0.01, 0.3, 1.0e+30]}
              regularization.l2: {values: [0, 0.01]}
              model.head.dropout: {values: [0, 0.4]}
              seed: {values: [3, 4]}
            experiment:
            \(experiment)
            """
        let sweep = try SweepConfiguration.parse(yaml, relativeTo: small.folder)
        return (sweep, try SweepFolder.find(sweep, in: small.runs).folder)
    }

    /// Counts the trials that are under way at once.
    private final class Counter: TrialRunner {
        private let runner = RecordedTrial(checkpointEvery: .seconds(3600))
        private(set) var most = 0
        private var now = 0

        func run(
            _ configuration: ExperimentConfiguration, in folder: RunFolder, control: TrialControl
        ) throws -> [String: Double] {
            now += 1
            most = max(most, now)
            defer { now -= 1 }
            return try runner.run(configuration, in: folder, control: control)
        }
    }

    private static func work(
        _ sweep: SweepConfiguration, _ folder: SweepFolder, check: @escaping () throws -> Void = {}
    ) throws -> Int {
        let counter = Counter()
        try SweepWorker(sweep, in: folder, store: { try folder.store() }, runner: counter, check: check).run()
        return counter.most
    }

    /// What must be the same however a trial was trained: all but times.
    private static func results(_ folder: SweepFolder) throws -> [[String]] {
        try folder.store().trials().map { trial in
            let run = folder.run(trial)
            let files = try ["model.weights.h5", "predictions.csv"].map { name in
                trial.state == .finished ? try Data(contentsOf: run.file(name)).base64EncodedString() : ""
            }
            let epochs = trial.epochs.map { epoch in epoch.sorted { $0.key < $1.key }.map { "\($0)" } }
            let error = trial.error?.replacing(folder.url.lastPathComponent, with: "") ?? ""
            return [trial.state.rawValue, error, "\(trial.assignment.sorted { $0.key < $1.key })"] + files
                + epochs.flatMap(\.self)
        }
    }

    @Test func `Trials that are trained together come out as each alone`() throws {
        try SmallExperiment.with { small in
            let (batched, folder) = try Self.sweep(small, batch: 16, name: "batched")
            #expect(try Self.work(batched, folder) == 16)
            let (single, other) = try Self.sweep(small, batch: 1, name: "single")
            #expect(try Self.work(single, other) == 1)
            let trials = try folder.store().trials()
            #expect(trials.count == 24)
            // Those that leave all bounds fail alone, and say why.
            #expect(trials.contains { $0.state == .failed && $0.error?.contains("not finite") == true })
            #expect(trials.count { $0.state == .finished } >= 16)
            #expect(try Self.results(folder) == Self.results(other))
        }
    }

    @Test func `Trials of a batch that is interrupted go on where each was, and come out the same`() throws {
        try SmallExperiment.with { small in
            let (sweep, folder) = try Self.sweep(small, batch: 6, name: "interrupted", more: "run_cap: 10")
            var (steps, interruptions) = (0, 0)
            func run(until limit: Int) throws -> Bool {
                steps = 0
                do {
                    _ = try Self.work(sweep, folder) {
                        steps += 1
                        if steps >= limit { throw CancellationError() }
                    }
                    return true
                } catch is CancellationError { return false }
            }
            while try !run(until: 61 + 10 * interruptions) {
                interruptions += 1
                #expect(try !folder.store().trials().contains { $0.state == .running })
            }
            #expect(interruptions > 2)
            let (single, other) = try Self.sweep(small, batch: 1, name: "single", more: "run_cap: 10")
            _ = try Self.work(single, other)
            #expect(try Self.results(folder) == Self.results(other))
            for trial in try folder.store().trials() where trial.state == .finished {
                let events = try folder.run(trial).logLines.compactMap { $0["event"] as? String }
                #expect(events.count { $0 == "began" } == 1 && events.count { $0 == "ended" } == 1)
            }
        }
    }

    @Test func `Trials of a batch that fall behind are stopped, and the others go on`() throws {
        try SmallExperiment.with { small in
            let (sweep, folder) = try Self.sweep(
                small, batch: 16, name: "stopped", more: "early_terminate: {type: asha, min_iter: 1, eta: 2}")
            _ = try Self.work(sweep, folder)
            let trials = try folder.store().trials()
            #expect(trials.count == 24 && trials.allSatisfy(\.isOver))
            #expect(trials.contains { $0.state == .stopped } && trials.contains { $0.state == .finished })
        }
    }

    @Test func `Workers that are several leave each other trials`() throws {
        try SmallExperiment.with { small in
            let (sweep, folder) = try Self.sweep(small, batch: 16, name: "shared", more: "run_cap: 6")
            let counter = Counter()
            try SweepWorker(
                sweep, in: folder, store: { try folder.store() }, runner: counter,
                settings: .init(workers: 3)
            ).run()
            #expect(counter.most == 2)
        }
    }
}
