import Datasets
import Layers
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct ConfigurationReadingTests {
    @Test func `A minimal file gets every default`() throws {
        let expected = ExperimentConfiguration(
            name: "small", data: DataConfiguration(source: .imageFolder("pictures")),
            model: ModelConfiguration(architecture: "mobilenet", weights: .random),
            training: TrainingConfiguration(stages: [
                StageConfiguration(name: "stage1", epochs: 2, learningRate: LearningRateSchedule(base: 0.001))
            ]))
        #expect(try ConfigurationSamples.parsed(ConfigurationSamples.minimal) == expected)
        #expect(expected.seed == 0 && expected.training.batchSize == 32 && expected.training.shuffle)
        #expect(expected.model.inputHeight == 224 && expected.model.channels == 3)
    }

    @Test func `A file with every key says what it says`() throws {
        let found = try ExperimentConfiguration.load(path: Fixtures.path("configuration/full.yaml"))
        #expect(found.name == "fer2013-mobilenet" && found.description == "All keys of the schema")
        #expect(found.seed == 42)
        #expect(
            found.data
                == DataConfiguration(
                    source: .imageFolder("pictures/faces"), classNames: ["angry", "happy", "sad"],
                    classes: ["happy", "angry"], splits: SplitFractions(validation: 0.2, test: 0.15),
                    limitPerClass: 50, onError: .skip,
                    augmentation: AugmentationConfiguration(
                        horizontalFlip: 0.5, rotation: RandomRange(-10...10)), threads: 2))
        #expect(
            found.model
                == ModelConfiguration(
                    architecture: "mobilenet", alpha: 0.25, inputHeight: 96, inputWidth: 128, channels: 1,
                    weights: .file("pretrained/mobilenet.h5"), until: "conv_pw_12_relu", preprocessing: .tf,
                    head: HeadConfiguration(
                        pooling: .flatten, dropout: 0.2, dense: [128, 64], activation: .tanh)))
        #expect(found.training.batchSize == 64 && !found.training.shuffle)
        #expect(found.training.baseline == .fromScratch)
        #expect(found.training.stages == Self.fullStages)
        #expect(found.training.stages.map(found.training.batchSize(of:)) == [16, 64, 64])
        #expect(
            found.regularization
                == Regularization(
                    l1: 1e-6, l2: 1e-4, weightDecay: 0.01, labelSmoothing: 0.1, clipNorm: 1, clipValue: 0.5))
        #expect(
            found.earlyStopping
                == EarlyStopping(
                    monitor: .validationAccuracy, patience: 4, minDelta: 0.001, restoreBestWeights: false))
    }

    private static let fullStages = [
        StageConfiguration(
            name: "head", freezing: .freeze(.backbone), epochs: 5, batchSize: 16,
            optimizer: .sgd(momentum: 0.9, nesterov: true),
            learningRate: LearningRateSchedule(base: 0.01, shape: .cosine(end: 0.01), warmupEpochs: 1)),
        StageConfiguration(
            name: "upper", freezing: .freeze(.selection(.through("conv_pw_6"))), epochs: 3,
            optimizer: .rmsprop(rho: 0.8, momentum: 0.5, epsilon: 1e-6),
            learningRate: LearningRateSchedule(base: 1e-3, shape: .step(everyEpochs: 2, factor: 0.5))),
        StageConfiguration(
            name: "all", freezing: .unfreeze(.selection(.all)), epochs: 2,
            optimizer: .adam(beta1: 0.8, beta2: 0.99, epsilon: 1e-8),
            learningRate: LearningRateSchedule(
                base: 1e-4, shape: .exponential(rate: 0.9, everyEpochs: 0.5))),
    ]

    @Test(arguments: [
        ("image_folder: a", DataConfiguration.Source.imageFolder("a")),
        ("fer2013_csv: a/b.csv", .fer2013CSV("a/b.csv")), ("idx: mnist", .idx("mnist")),
    ])
    func `The data's source may be of three kinds`(line: String, source: DataConfiguration.Source) throws {
        let yaml = ConfigurationSamples.minimal(replacing: "image_folder", with: "  \(line)")
        #expect(try ConfigurationSamples.parsed(yaml).data.source == source)
    }

    @Test(arguments: [
        ("freeze: none", Freezing.freeze(.selection(.none))), ("freeze: backbone", .freeze(.backbone)),
        ("freeze: conv2", .freeze(.selection(.groups(["conv2"])))),
        ("freeze: [conv2, conv3]", .freeze(.selection(.groups(["conv2", "conv3"])))),
        ("freeze: {through: conv4}", .freeze(.selection(.through("conv4")))),
        ("freeze: {from: conv4}", .freeze(.selection(.from("conv4")))),
        ("unfreeze: head", .unfreeze(.head)), ("unfreeze: all", .unfreeze(.selection(.all))),
        ("unfreeze: {from: conv5}", .unfreeze(.selection(.from("conv5")))),
        ("unfreeze: [conv5, head]", .unfreeze(.selection(.groups(["conv5", "head"])))),
    ])
    func `What is frozen can be said in every form`(line: String, freezing: Freezing) throws {
        let stage = try ConfigurationSamples.parsed(ConfigurationSamples.stage(line)).training.stages[
            0]
        #expect(stage.freezing == freezing)
    }

    @Test(arguments: [
        ("optimizer: adam", OptimizerSettings.adam()), ("optimizer: sgd", .sgd()),
        ("optimizer: rmsprop", .rmsprop()), ("optimizer: {name: sgd, momentum: 0.5}", .sgd(momentum: 0.5)),
        ("optimizer: {name: adam, beta_1: 0}", .adam(beta1: 0)),
    ])
    func `An optimizer is a name or a mapping`(line: String, optimizer: OptimizerSettings) throws {
        let stage = try ConfigurationSamples.parsed(ConfigurationSamples.stage(line)).training.stages[
            0]
        #expect(stage.optimizer == optimizer)
    }

    @Test(arguments: [
        ("schedule: constant", LearningRateSchedule.Shape.constant, 0.0),
        ("schedule: cosine", .cosine(end: 0), 0), ("schedule: polynomial", .polynomial(power: 1, end: 0), 0),
        ("schedule: {name: constant, warmup_epochs: 1.5}", .constant, 1.5),
        ("schedule: {name: polynomial, power: 2, end: 0.1}", .polynomial(power: 2, end: 0.1), 0),
        ("schedule: {name: step, every_epochs: 5}", .step(everyEpochs: 5, factor: 0.1), 0),
        ("schedule: {name: exponential, rate: 0.5}", .exponential(rate: 0.5, everyEpochs: 1), 0),
    ])
    func `A schedule is a name or a mapping`(
        line: String, shape: LearningRateSchedule.Shape, warmup: Double
    ) throws {
        let stage = try ConfigurationSamples.parsed(ConfigurationSamples.stage(line)).training.stages[
            0]
        #expect(
            stage.learningRate == LearningRateSchedule(base: 0.001, shape: shape, warmupEpochs: warmup))
    }

    @Test func `A single input size is a square, and the head's dropout may be given with the other rules`()
        throws
    {
        let yaml = ConfigurationSamples.minimal(
            replacing: "weights", with: "  weights: none\n  input_size: 96")
        let found = try ConfigurationSamples.parsed(yaml + "regularization: {dropout: 0.3}\n")
        #expect(found.model.inputHeight == 96 && found.model.inputWidth == 96)
        #expect(found.model.head.dropout == 0.3)
    }

    @Test func `Null is the same as no value`() throws {
        let yaml = ConfigurationSamples.minimal + "description:\nregularization: {clip_norm: null}\n"
        #expect(
            try ConfigurationSamples.parsed(yaml) == ConfigurationSamples.parsed(ConfigurationSamples.minimal)
        )
    }

    @Test func `Stages share keys through anchors and merges`() throws {
        let yaml = ConfigurationSamples.minimal(
            replacing: "- epochs", with: "    - &first\n      name: a\n      epochs: 2")
        let found = try ConfigurationSamples.parsed(yaml + "    - {<<: *first, name: b, epochs: 3}\n")
        #expect(found.training.stages.map(\.name) == ["a", "b"])
        #expect(found.training.stages.map(\.epochs) == [2, 3])
        #expect(found.training.stages.map(\.learningRate.base) == [0.001, 0.001])
    }
}
