import Datasets
import Evaluation
import Experiments
import Foundation
import Layers
import Tensors
import TestSupport
import Testing
import Training

@Suite struct ExperimentRunnerTests {
    @Test func `A head learns what can be learnt`() throws {
        try SmallExperiment.with { small in
            let stage = "training.stages=[{freeze: backbone, epochs: 5, learning_rate: 0.1}]"
            let outcome = try ExperimentRunner(try small.prepared(stage, "model.until=conv1_relu")).run()
            #expect(ConfusionMatrix(try #require(outcome.judgement.single)).accuracy > 0.9)
            #expect(outcome.history.last!.validationAccuracy! > 0.8)
        }
    }

    @Test func `An outcome has all epochs of all stages and every test picture`() throws {
        try SmallExperiment.with { small in
            let runner = ExperimentRunner(try small.prepared())
            let outcome = try runner.run()
            #expect(outcome.history.map(\.stage) == ["head", "head", "head", "last_block", "last_block"])
            #expect(outcome.history.map(\.epoch) == [1, 2, 3, 4, 5])
            #expect(outcome.keptEpoch == 5)
            #expect(outcome.judgement.classNames == SmallExperiment.classNames)
            #expect(outcome.judgement.single?.rows.map(\.label) == (0..<18).map { $0 % 3 })
            #expect(try runner.runBaseline() == nil)
        }
    }

    @Test func `Frozen arrays stay as they are, bit for bit, statistics included`() throws {
        try SmallExperiment.with { small in
            let experiment = try small.prepared()
            let after = try ExperimentRunner(experiment).run().parameters
            for (key, _) in experiment.network.parameters {
                let isTrained = key.layer.hasSuffix("_2") || key.layer.hasSuffix("_2_bn")
                let changes = isTrained || key.layer == "predictions"
                #expect((after[key] == experiment.parameters[key]) != changes, "\(key)")
            }
        }
    }

    @Test func `A head's stage leaves the whole backbone alone`() throws {
        try SmallExperiment.with { small in
            let stage = "training.stages=[{freeze: backbone, epochs: 1, learning_rate: 0.01}]"
            let experiment = try small.prepared(stage, "data.augmentation.horizontal_flip=true")
            let after = try ExperimentRunner(experiment).run().parameters
            for (key, _) in experiment.network.parameters {
                #expect((after[key] == experiment.parameters[key]) == (key.layer != "predictions"), "\(key)")
            }
        }
    }

    @Test func `Equal seeds give equal runs, whatever the number of threads`() throws {
        try SmallExperiment.with { small in
            func run(_ overrides: String...) throws -> ExperimentRunner.Outcome {
                var configuration = try ExperimentConfiguration.parse(small.yaml, overrides: overrides)
                configuration.data.augmentation.rotation = RandomRange(-20...20)
                configuration.model.head.dropout = 0.2
                return try ExperimentRunner(try Experiment(configuration)).run()
            }
            let (first, second, other) = (
                try run("data.threads=1"), try run("data.threads=3"), try run("seed=4")
            )
            #expect(first.parameters == second.parameters)
            #expect(first.judgement == second.judgement)
            #expect(first.history.map(\.loss) == second.history.map(\.loss))
            #expect(first.parameters != other.parameters)
        }
    }

    @Test func `Early stopping keeps the best epoch of each stage`() throws {
        try SmallExperiment.with { small in
            var configuration = try small.configured("regularization.early_stopping={patience: 2}")
            configuration.training.stages[0].epochs = 12
            configuration.training.stages[0].learningRate = LearningRateSchedule(
                base: 0.01, shape: .exponential(rate: 40, everyEpochs: 1))
            configuration.training.stages.removeLast()
            let outcome = try ExperimentRunner(try Experiment(configuration)).run()
            let losses = outcome.history.map { $0.validationLoss! }
            #expect(outcome.keptEpoch == losses.indices.min { losses[$0] < losses[$1] }! + 1)
            #expect(losses.count == outcome.keptEpoch + 2)
        }
    }

    @Test func `The baseline starts from random weights and freezes nothing`() throws {
        try SmallExperiment.with { small in
            let experiment = try small.prepared("training.baseline=from_scratch")
            var trained: [Int] = []
            let runner = ExperimentRunner(experiment) { event in
                if case .training(.stageBegan(_, let count), .fromScratch) = event { trained.append(count) }
            }
            let baseline = try #require(try runner.runBaseline())
            let all = experiment.network.parameters.filter { $0.spec.isTrainable }
            #expect(trained == Array(repeating: all.reduce(0) { $0 + $1.spec.shape.elementCount }, count: 2))
            let start = experiment.network.initialParameters(seed: experiment.configuration.seed)
            for (key, _) in experiment.network.parameters {
                #expect(baseline.parameters[key] != start[key], "\(key)")
            }
        }
    }

    @Test func `Pictures are decoded once for all stages and the baseline`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let pictures = folder.appending(path: "pictures")
            for (name, picture) in [("colour", "rgb.jpg"), ("grey", "grey.png")] {
                let target = pictures.appending(path: name)
                try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
                for number in 1...6 {
                    try FileManager.default.copyItem(
                        at: Fixtures.url("datasets/images/\(picture)"),
                        to: target.appending(path: "\(number)-\(picture)"))
                }
            }
            let yaml = SmallExperiment(folder: folder).yaml
                .replacing("idx: ", with: "image_folder: ").replacing("  class_names", with: "  # ")
            let experiment = try Experiment(
                try .parse(
                    yaml, overrides: ["training.baseline=from_scratch", "data.splits.test=0.25"]))
            let runner = ExperimentRunner(experiment)
            #expect(try runner.run().judgement.count == 3)
            try FileManager.default.removeItem(at: pictures)
            #expect(try #require(try runner.runBaseline()).judgement.count == 3)
        }
    }

    @Test func `An error of the observer ends the run`() throws {
        try SmallExperiment.with { small in
            let runner = ExperimentRunner(try small.prepared()) { event in
                if case .testing = event { throw CancellationError() }
            }
            #expect(throws: CancellationError.self) { _ = try runner.run() }
        }
    }
}
