import Databases
import Evaluation
import Experiments
import Foundation
import TestSupport
import Testing
import Training

@testable import Sweeps

@Suite struct SweepWorkerTests {
    /// An experiment whose metric follows from its settings: nothing is trained.
    private struct Formula: TrialRunner {
        var epochs = 4
        var before: @Sendable (ExperimentConfiguration) throws -> Void = { _ in }

        func run(
            _ configuration: ExperimentConfiguration, in folder: RunFolder, control: TrialControl
        ) throws -> [String: Double] {
            try before(configuration)
            let rate = configuration.training.stages[0].learningRate.base
            for epoch in 1...epochs {
                try control.check()
                try control.permitWriting()
                try control.epochEnded(
                    EpochRecord(
                        stage: "head", epoch: epoch, learningRate: rate, loss: 1, accuracy: 0,
                        validationLoss: 1, validationAccuracy: 1 - rate + Double(epoch) / 100, seconds: 0,
                        imagesPerSecond: 0))
            }
            return ["test_accuracy": 1 - rate]
        }
    }

    /// What it writes is as large as a network's arrays are to a disk.
    private struct Weighty: TrialRunner {
        func run(
            _ configuration: ExperimentConfiguration, in folder: RunFolder, control: TrialControl
        ) throws -> [String: Double] {
            let results = try Formula().run(configuration, in: folder, control: control)
            guard try control.keepsWeights(results) else { return results }
            try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
            try folder.write(Data("weights".utf8), to: folder.weights.lastPathComponent)
            try folder.write(Data("weights".utf8), to: "were-there")
            return results
        }
    }

    /// One that keeps the first epoch's weights, which was the best.
    private struct Restoring: TrialRunner {
        func run(
            _ configuration: ExperimentConfiguration, in folder: RunFolder, control: TrialControl
        ) throws -> [String: Double] {
            try Formula().run(configuration, in: folder, control: control).merging(["val_accuracy": 0.99]) {
                $1
            }
        }
    }

    /// One whose results are these.
    private struct Constant: TrialRunner {
        var results: [String: Double]

        func run(
            _ configuration: ExperimentConfiguration, in folder: RunFolder, control: TrialControl
        ) throws -> [String: Double] { results }
    }

    private struct Problem: Error, CustomStringConvertible {
        var description: String { "it is broken" }
    }

    private func with(
        _ values: String, more: String = "", _ body: (SweepConfiguration, SweepFolder) throws -> Void
    ) throws {
        try Fixtures.withTemporaryFolder { runs in
            let sweep = try SweepSamples.sweep(
                "training.stages.0.learning_rate: {values: \(values)}", method: "grid", more: more)
            try body(sweep, SweepFolder.find(sweep, in: runs).folder)
        }
    }

    private func work(
        _ sweep: SweepConfiguration, _ folder: SweepFolder, _ runner: some TrialRunner,
        check: @escaping () throws -> Void = {}
    ) throws {
        try SweepWorker(sweep, in: folder, store: { try folder.store() }, runner: runner, check: check).run()
    }

    @Test func `A worker runs every trial, and keeps what comes out`() throws {
        try with("[0.5, 0.1, 0.3]") { sweep, folder in
            try work(sweep, folder, Formula())
            let progress = SweepProgress(sweep, try folder.store().trials())
            #expect(progress.count(.finished) == 3)
            #expect(progress.best?.number == 2)
            #expect(progress.best?.results["test_accuracy"] == 0.9)
            #expect(progress.best?.value(of: sweep.metrics[0]) == 1 - 0.1 + 0.04)
            #expect(progress.trials.allSatisfy { $0.epochs.count == 4 && $0.attempts == 1 })
        }
    }

    @Test(arguments: [
        ("", [2], [1, 2]), ("keep_weights: best", [2], [1, 2]), ("keep_weights: none", [], []),
        ("keep_weights: all", [1, 2, 3], [1, 2, 3]),
    ])
    func `Of the trials' weights those are kept that the sweep says`(
        more: String, kept: [Int], written: [Int]
    ) throws {
        try with("[0.5, 0.1, 0.3]", more: more) { sweep, folder in
            try work(sweep, folder, Weighty())
            func trials(with name: String) throws -> [Int] {
                try folder.store().trials().filter {
                    FileManager.default.fileExists(atPath: folder.run($0).file(name).path)
                }.map(\.number)
            }
            #expect(try trials(with: "model.weights.h5") == kept)
            #expect(try trials(with: "were-there") == written)
        }
    }

    @Test func `A trial that fails keeps its error, and the others go on`() throws {
        try with("[0.5, 0.1, 0.3]") { sweep, folder in
            try work(
                sweep, folder,
                Formula(before: { if $0.training.stages[0].learningRate.base == 0.1 { throw Problem() } }))
            let trials = try folder.store().trials()
            #expect(trials.map(\.state) == [.finished, .failed, .finished])
            #expect(trials[1].error == "it is broken")
            #expect(try folder.store().retry([1, 2, 3]) == [2])
            try work(sweep, folder, Formula())
            #expect(try folder.store().trials().map(\.state) == [.finished, .finished, .finished])
            #expect(try folder.store().trials().map(\.attempts) == [1, 2, 1])
        }
    }

    @Test func `A trial counts by the epoch whose weights are kept`() throws {
        try with("[0.5]") { sweep, folder in
            try work(sweep, folder, Restoring())
            #expect(try folder.store().trials()[0].value(of: sweep.metrics[0]) == 0.99)
        }
    }

    @Test func `A trial without the metric, or whose metric is not a number, has failed`() throws {
        try with("[0.5]") { sweep, folder in
            try work(sweep, folder, Constant(results: ["test_accuracy": 1, "epochs": 2]))
            let trial = try folder.store().trials()[0]
            #expect(trial.state == .failed)
            #expect(
                trial.error
                    == "the trial ended without the metric 'val_accuracy'; it has epochs, test_accuracy")
        }
        try with("[0.5]") { sweep, folder in
            try work(sweep, folder, Constant(results: ["val_accuracy": .nan]))
            #expect(
                try folder.store().trials()[0].error == "the metric 'val_accuracy' is not a finite number")
        }
    }

    @Test func `No trial begins once one has come to the target`() throws {
        try Fixtures.withTemporaryFolder { runs in
            let sweep = try SweepSamples.sweep(
                "training.stages.0.learning_rate: {values: [0.5, 0.3, 0.1, 0.05]}", method: "grid",
                more: "metric: {name: test_accuracy, goal: maximize, target: 0.9}", metric: "")
            let folder = try SweepFolder.find(sweep, in: runs).folder
            try work(sweep, folder, Formula())
            #expect(try folder.store().trials().map(\.state) == [.finished, .finished, .finished])
            let progress = SweepProgress(sweep, try folder.store().trials())
            #expect(progress.hasReachedTarget && progress.timeLeft(workers: 1) == .zero)
        }
    }

    @Test func `The best trial by several metrics is of those that nothing beats`() throws {
        let sweep = try SweepSamples.sweep(
            "training.stages.0.learning_rate: {values: [0.5]}",
            metric: "metric: [val_accuracy, seconds]")
        let trials = [[0.5, 9], [0.5, 3], [0.5, .nan], [0.4, 1]].enumerated().map { index, values in
            var trial = Trial(number: index + 1, state: .finished, assignment: [:])
            trial.results = ["val_accuracy": values[0], "seconds": values[1]]
            return trial
        }
        let progress = SweepProgress(sweep, trials)
        #expect(progress.best?.number == 2)
        #expect(progress.front.map(\.number) == [2, 4])
    }

    @Test func `How long is left is told from what trials take, wherever the clock was set`() throws {
        let sweep = try SweepSamples.sweep(
            "training.stages.0.learning_rate: {values: [0.5]}", more: "run_cap: 5")
        func trial(_ number: Int, _ state: Trial.State, from began: Double, to ended: Double?) -> Trial {
            var trial = Trial(number: number, state: state, assignment: [:])
            trial.began = Date(timeIntervalSince1970: began)
            trial.ended = ended.map(Date.init(timeIntervalSince1970:))
            return trial
        }
        // One ended before it began, one was interrupted for a night, one has run for a part of what others take.
        let trials = [
            trial(1, .finished, from: 100, to: 40), trial(2, .finished, from: 0, to: 10),
            trial(3, .finished, from: 0, to: 40_000), trial(4, .running, from: 96, to: nil),
        ]
        let progress = SweepProgress(sweep, trials)
        #expect(progress.timeLeft(workers: 1, now: Date(timeIntervalSince1970: 100)) == .seconds(16))
        #expect(progress.timeLeft(workers: 1, now: Date(timeIntervalSince1970: 0)) == .seconds(20))
    }

    @Test func `Trials that do worse than others are stopped at their epochs' ends`() throws {
        try with("[0.1, 0.5, 0.05, 0.6]", more: "early_terminate: {type: asha, min_iter: 2, eta: 2}") {
            sweep, folder in
            try work(sweep, folder, Formula(epochs: 4))
            let trials = try folder.store().trials()
            #expect(trials.map(\.state) == [.finished, .stopped, .finished, .stopped])
            #expect(trials.map(\.epochs.count) == [4, 2, 4, 2])
        }
    }

    @Test func `A trial that is interrupted is given back, and goes on with its own settings`() throws {
        try with("[0.5, 0.1]") { sweep, folder in
            var steps = 0
            #expect(throws: CancellationError.self) {
                try work(sweep, folder, Formula()) {
                    steps += 1
                    if steps == 8 { throw CancellationError() }
                }
            }
            #expect(try folder.store().trials().map(\.state) == [.finished, .waiting])
            try work(sweep, folder, Formula())
            let trials = try folder.store().trials()
            #expect(trials.map(\.state) == [.finished, .finished])
            #expect(trials.map { $0.assignment.values.first } == [0, 1])
        }
    }

    @Test func `A worker that lost its trial meanwhile stops without writing`() throws {
        try with("[0.5]") { sweep, folder in
            let runner = Formula(before: { _ in
                // As if another worker had been given the trial; and nothing else is to be done.
                let database = try folder.store().database
                try database.run("UPDATE trials SET token = 99")
                try database.run("UPDATE sweep SET stopped = 1")
            })
            do { try work(sweep, folder, runner) } catch is CancellationError {}
            let store = try folder.store()
            let trial = try store.trials()[0]
            #expect(trial.state == .running && trial.epochs.isEmpty && trial.results.isEmpty)
        }
    }

    @Test func `The same sweep is found again, another is not`() throws {
        try Fixtures.withTemporaryFolder { runs in
            func find(_ values: String, more: String = "", isNew: Bool = false) throws -> (String, Bool) {
                let sweep = try SweepSamples.sweep(
                    "training.stages.0.learning_rate: {values: \(values)}", method: "random", more: more)
                let (folder, wasThere) = try SweepFolder.find(sweep, in: runs, isNew: isNew)
                #expect(try folder.sweep().isSame(as: sweep))
                #expect(try folder.sweep().runCap == sweep.runCap)
                return (folder.url.lastPathComponent, wasThere)
            }
            let first = try find("[0.5]")
            #expect(first == ("test-001", false))
            let longer = try find("[0.5]", more: "run_cap: 7")
            #expect(longer == ("test-001", true))
            let described = try find("[0.5]", more: "description: what it is for")
            #expect(described == ("test-001", true))
            let other = try find("[0.5, 0.6]")
            #expect(other == ("test-002", false))
            let second = SweepFolder(url: runs.appending(path: "test-002"))
            #expect(second.predecessor(named: "test")?.url.lastPathComponent == "test-001")
            #expect(second.predecessor(named: "test")?.predecessor(named: "test") == nil)
            let another = try find("[0.5, 0.6]", isNew: true)
            #expect(another == ("test-003", false))
        }
    }
}
