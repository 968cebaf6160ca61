import Foundation
import Graft
import TestSupport
import Testing

/// Runs whose head is worked out at once. That the solvers are scikit-learn's is tested where they are.
@Suite struct SolvedHeadRunTests {
    private static func overrides(_ solver: String) -> [String] {
        ["training.stages=[]", "model.head.solver=\(solver)"]
    }

    private static let solvers: [(String, HeadSolver)] = [
        ("{name: logistic_regression, C: 0.1}", .logisticRegression(.init(C: 0.1))),
        ("{name: ridge, alpha: 10}", .ridge(.init(alpha: 10))), ("lda", .lda(.init())),
        ("{name: lda, shrinkage: auto}", .lda(.init(solver: .lsqr, shrinkage: .auto))),
    ]

    @Test func `A head that is worked out gives a run with all evidence, and its weights`() throws {
        try RecordedRun.with(
            "training.stages=[]", "model.head.solver={name: lda, shrinkage: auto}"
        ) { run in
            let names = try run.folder.fileNames
            for name in [
                "config.yaml", "log.jsonl", "run.json", "model.weights.h5", "metrics.csv", "predictions.csv",
                "confusion_matrix.svg", "roc.csv", "roc.svg", "learning_curves.svg", "summary.csv",
            ] {
                #expect(names.contains(name), "\(name) in \(names)")
            }
            #expect(run.summary.fineTuned.accuracy > 0.8)
            let kept = try #require(run.summary.fineTuned.keptEpoch)
            #expect(kept.validationAccuracy ?? 0 > 0.8 && kept.validationLoss != nil && kept.stage == "lda")
            let metrics = try CSVReader(contentsOf: run.folder.file("metrics.csv"))
            #expect(metrics.records.count == 1)
            let events = try run.folder.logLines.compactMap { $0["event"] as? String }
            #expect(events == ["began", "solving", "epoch", "ended"])
            let own = try TrainedModel(run.folder)
            let found = try own.predictions(on: own.ownPictures())
            for (row, expected) in zip(found.rows, try run.predictions.rows) {
                #expect(row.identifier == expected.identifier)
                #expect(zip(row.scores, expected.scores).allSatisfy { abs($0 - $1) < 1e-5 })
            }
        }
    }

    @Test func `The network with the head in it says what the solver says in double precision`() throws {
        try SmallExperiment.with { small in
            for (text, solver) in Self.solvers {
                let experiment = try Experiment(.parse(small.yaml, overrides: Self.overrides(text)))
                let outcome = try ExperimentRunner(experiment).run()
                let baseline = try Baseline(experiment, reusing: FeatureReuse(), candidates: [[solver]])
                let row = try #require(baseline.rows.first)
                let results = try RunSummary.Results(outcome.judgement)
                #expect(results.accuracy == row.results.accuracy, "\(text)")
                #expect(abs(results.logLoss - row.results.logLoss) < 1e-5, "\(text)")
                #expect(outcome.history[0].validationAccuracy == row.validationAccuracy, "\(text)")
                // The backbone is as it was.
                for key in experiment.parameters.keys where key.layer != "predictions" {
                    #expect(outcome.parameters[key]?.elements == experiment.parameters[key]?.elements)
                }
            }
        }
    }

    @Test func `A run that was stopped is worked out from its beginning, to the same bits`() throws {
        try SmallExperiment.with { small in
            let overrides = Self.overrides("logistic_regression")
            func record(_ observe: @escaping ExperimentRunner.Observer) throws -> RunFolder {
                let recorder = try RunRecorder(
                    Experiment(.parse(small.yaml, overrides: overrides)), in: small.runs)
                do { _ = try recorder.run(observe: observe) } catch is CancellationError {}
                return recorder.folder
            }
            let whole = try record { _ in }
            let stopped = try record { event in
                if case .training(.epochEnded, _) = event { throw CancellationError() }
            }
            #expect(!stopped.isFinished)
            _ = try RunRecorder(resuming: stopped)?.run { _ in }
            #expect(stopped.isFinished)
            for name in ["model.weights.h5", "predictions.csv", "roc.csv"] {
                #expect(
                    try Data(contentsOf: stopped.file(name)) == Data(contentsOf: whole.file(name)), "\(name)")
            }
            let metrics = try CSVReader(contentsOf: stopped.file("metrics.csv"))
            #expect(metrics.records.count == 1)
        }
    }

    @Test func `A head that has not converged is warned of, and the run's log says so`() throws {
        try RecordedRun.with(
            "training.stages=[]", "model.head.solver={name: logistic_regression, max_iter: 2}"
        ) { run in
            let lines = try run.folder.logLines
            #expect(
                lines.compactMap { $0["event"] as? String } == [
                    "began", "solving", "warning", "epoch", "ended",
                ])
            let warning = try #require(lines.first { $0["event"] as? String == "warning" })
            #expect(
                warning["iterations"] as? Int == 2 && warning["solver"] as? String == "logistic_regression")
            #expect((warning["message"] as? String)?.contains("raise max_iter (2)") == true)
        }
    }

    @Test func `With augmentation, the head learns from as many views as are asked for`() throws {
        try SmallExperiment.with { small in
            let experiment = try Experiment(
                .parse(
                    small.yaml,
                    overrides: Self.overrides("ridge") + [
                        "data.augmentation={rotation: 30}", "training.feature_cache={cached_views: 3}",
                    ]))
            var samples = 0
            let store = FeatureStore(folder: small.folder.appending(path: "features"))
            func run() throws -> ExperimentRunner.Outcome {
                try ExperimentRunner(experiment, reusing: FeatureReuse(store)) { event in
                    if case .solving(_, let count) = event { samples = count }
                }.run()
            }
            let first = try run()
            #expect(samples == 3 * 27)
            #expect(first.features.computed == 3 * 27 + 9 + 18)
            let second = try run()
            #expect(second.features.computed == 0)
            let key = ParameterKey("predictions", "kernel")
            #expect(second.parameters[key]?.elements == first.parameters[key]?.elements)
        }
    }

    @Test func `Where nothing is trained, there is no learning rate to look for`() throws {
        try SmallExperiment.with { small in
            let experiment = try Experiment(.parse(small.yaml, overrides: Self.overrides("ridge")))
            let expected = ExperimentError.nothingIsTrained(experiment: "small", solver: "ridge")
            #expect(throws: expected) {
                _ = try experiment.sweepLearningRate(LearningRateFinder(), stage: 0) { _ in }
            }
            #expect(try RunPlanner(experiment).plan().phases.isEmpty)
        }
    }
}
