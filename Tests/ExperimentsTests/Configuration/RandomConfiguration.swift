import Datasets
import Datasets
import KerasFiles
import Layers
import Tensors
import Training

@testable import Experiments

extension ExperimentConfiguration {
    /// An experiment with every key drawn at random, and numbers with all their digits.
    static func random(_ random: inout SeededRandom) -> ExperimentConfiguration {
        var configuration = ExperimentConfiguration(
            name: "x\(random.next())", description: random.sometimes { "d \($0.next())" },
            seed: random.next(),
            data: DataConfiguration.random(&random), model: ModelConfiguration.random(&random),
            training: TrainingConfiguration(
                batchSize: 1 + random.index(below: 500), shuffle: random.flag(),
                stages: (0...random.index(below: 3)).map { .random(&random, name: "stage-\($0)") },
                baseline: random.flag() ? .fromScratch : nil,
                featureCache: FeatureCacheConfiguration(
                    mode: random.element(of: FeatureCacheConfiguration.Mode.allCases),
                    cachedViews: random.sometimes { 1 + $0.index(below: 9) },
                    folder: random.sometimes { "f \($0.next())" }, maxGigabytes: 1 + random.fraction()),
                loss: random.sometimes { .random(&$0) },
                classWeight: random.sometimes { .random(&$0) }),
            regularization: Regularization(
                l1: .all(random.uniform() * 1e-3),
                l2: .groups(["backbone": random.uniform(), "conv4": random.uniform() * 1e-6]),
                l2SP: random.sometimes { L2SP(alpha: $0.uniform(), beta: $0.uniform()) },
                maxNorm: random.sometimes { 1e-3 + $0.uniform() },
                averaging: random.sometimes { .exponential(decay: $0.fraction()) },
                weightDecay: random.uniform(),
                labelSmoothing: random.uniform(), clipNorm: random.sometimes { 1e-3 + $0.uniform() * 1e6 },
                clipValue: random.sometimes { 1e-3 + $0.uniform() }),
            variation: .random(&random),
            earlyStopping: random.sometimes {
                EarlyStopping(
                    monitor: $0.element(of: EarlyStopping.Monitor.allCases), patience: 1 + $0.index(below: 9),
                    minDelta: $0.fraction(), restoreBestWeights: $0.flag(),
                    startFromEpoch: $0.index(below: 5), baseline: $0.sometimes { $0.fraction() - 0.5 })
            })
        configuration.evaluation.temperatureScaling = random.flag()
        if configuration.training.stages.contains(where: { $0.optimizer.ownWeightDecay != nil }) {
            configuration.regularization.weightDecay = 0
        }
        return configuration
    }
}

extension DataConfiguration {
    fileprivate static func random(_ random: inout SeededRandom) -> DataConfiguration {
        let sources: [Source] = [
            .imageFolder("a b/c"), .fer2013CSV("./x.csv"), .idx("../mnist"),
            .multiLabelCSV("m", separator: "|"),
            .multiLabelCSV(
                "n", MultiLabelColumns(image: "i", labels: random.sometimes { _ in "l" }, group: "g")),
            .jaffe("j"), .rafDB("r"),
            .affectNet("a"), .ckPlus("c", lastFrames: 1 + random.index(below: 9), neutral: random.flag()),
            .csv(
                "x.csv",
                ImageListColumns(image: "i", label: "l", split: random.sometimes { _ in "s" }, group: "g")),
        ]
        let folds = random.sometimes { 2 + $0.index(below: 9) }
        return DataConfiguration(
            source: random.element(of: sources),
            classNames: random.sometimes { _ in ["0", "1", "no", "x y"] },
            classes: random.sometimes { _ in ["no", "0"] },
            splits: SplitFractions(validation: random.fraction() / 2, test: random.fraction() / 2),
            folds: folds, fold: folds.map { random.index(below: $0) } ?? 0,
            groupPattern: random.sometimes { _ in #"^(S\d+)_"# }, keepsGroups: random.flag(),
            duplicates: random.element(of: DuplicatePolicy.allCases),
            limitPerClass: random.sometimes { 1 + $0.index(below: 100) },
            onError: random.element(of: ErrorPolicy.allCases),
            augmentation: .random(&random),
            threads: random.sometimes { 1 + $0.index(below: 64) })
    }
}

extension AugmentationConfiguration {
    fileprivate static func random(_ random: inout SeededRandom) -> AugmentationConfiguration {
        func range(_ limits: ClosedRange<Double>) -> RandomRange? {
            random.sometimes { RandomRange($0.part(of: limits), probability: $0.fraction()) }
        }
        return AugmentationConfiguration(
            randomResizedCrop: random.sometimes {
                RandomResizedCrop(
                    scale: $0.part(of: 0.1...1), ratio: $0.part(of: 0.5...2), probability: $0.fraction())
            },
            horizontalFlip: random.fraction(), verticalFlip: random.fraction(), rotation: range(-180...180),
            shear: range(-80...80), zoom: range(0.5...2),
            translation: random.sometimes {
                RandomTranslation(
                    down: $0.part(of: -1...1), right: $0.part(of: -1...1), probability: $0.fraction())
            },
            randAugment: random.sometimes {
                RandAugment(
                    operationCount: 1 + $0.index(below: 5), magnitude: $0.index(below: 11),
                    magnitudeBins: 11, probability: $0.fraction())
            },
            brightness: range(0...2), contrast: range(0...2), saturation: range(0...2),
            hue: range(-0.5...0.5),
            grey: random.fraction(), blur: range(0...9), noise: range(0...1),
            fill: random.element(of: FillMode.allCases))
    }
}

extension LossConfiguration {
    fileprivate static func random(_ random: inout SeededRandom) -> LossConfiguration {
        let losses: [LossConfiguration] = [
            .categoricalCrossEntropy,
            .categoricalFocalCrossEntropy(
                FocalCrossEntropy(alpha: [random.uniform(), random.uniform()], gamma: random.uniform())),
            .categoricalFocalCrossEntropy(FocalCrossEntropy(alpha: [random.uniform()])),
            .binaryCrossEntropy(positiveWeights: random.sometimes { .random(&$0) }),
        ]
        return random.element(of: losses)
    }
}

extension ClassWeights {
    fileprivate static func random(_ random: inout SeededRandom) -> ClassWeights {
        random.flag() ? .balanced : .each(["no": random.uniform(), "0": random.uniform()])
    }
}

extension BatchVariation {
    fileprivate static func random(_ random: inout SeededRandom) -> BatchVariation {
        BatchVariation(
            erasing: random.sometimes {
                RandomErasing(
                    probability: $0.fraction(), scale: 0.1 * $0.fraction()...0.5,
                    ratio: 0.3...1 + $0.fraction(),
                    value: $0.element(of: [.random, .constant([-0.5]), .constant([1, 0.1, -2])]))
            },
            mixing: Mixing(
                mixup: random.fraction(), cutmix: random.fraction(), probability: random.fraction(),
                switchProbability: random.fraction()))
    }
}

extension ModelConfiguration {
    fileprivate static func random(_ random: inout SeededRandom) -> ModelConfiguration {
        ModelConfiguration(
            architecture: "resnet50", alpha: 0.1 + random.fraction(),
            inputHeight: 1 + random.index(below: 999),
            inputWidth: 1 + random.index(below: 999), channels: random.flag() ? 1 : 3,
            weights: random.flag() ? .random : .file("w.h5", .random(&random)),
            until: random.sometimes { _ in "conv" },
            preprocessing: random.sometimes { $0.element(of: Preprocessing.allCases) },
            head: HeadConfiguration(
                pooling: random.element(of: HeadConfiguration.Pooling.allCases), dropout: random.fraction(),
                dense: (0..<random.index(below: 3)).map { 1 + $0 },
                activation: random.element(of: ActivationFunction.allCases),
                spatialDropout: random.fraction()), stochasticDepth: random.fraction())
    }
}

extension ImportOptions {
    fileprivate static func random(_ random: inout SeededRandom) -> ImportOptions {
        let match = random.sometimes { $0.element(of: Match.allCases) }
        let rename = random.flag() ? ["layers/no": "on", "1": "conv*", "b": ": x"] : [:]
        return ImportOptions(
            match: match, rename: match == .order ? [:] : rename,
            only: random.flag() ? ["*_bn", "conv4"] : [], except: random.flag() ? ["no"] : [])
    }
}

extension StageConfiguration {
    fileprivate static func random(_ random: inout SeededRandom, name: String) -> StageConfiguration {
        let freezings: [Freezing] = [
            .freeze(.selection(.none)), .freeze(.backbone), .freeze(.head),
            .freeze(.selection(.through("a"))),
            .unfreeze(.selection(.all)), .unfreeze(.head), .unfreeze(.selection(.from("b"))),
            .unfreeze(.selection(.groups(["a"]))), .freeze(.selection(.groups(["a", "b"]))),
            .freeze(.selection(.matching(["*_bn", "no"]))), .unfreeze(.selection(.matching(["a?"]))),
        ]
        let optimizers: [OptimizerSettings] = [
            .sgd(), .sgd(momentum: 0.1 + random.fraction() / 2, nesterov: random.flag()),
            .adam(beta1: random.fraction(), beta2: random.fraction(), epsilon: 1e-9 + random.fraction()),
            .rmsprop(rho: random.fraction(), momentum: random.fraction(), epsilon: 1e-9 + random.fraction()),
            .adamW(
                weightDecay: random.fraction(), beta1: random.fraction(), beta2: random.fraction(),
                epsilon: 1e-9 + random.fraction()),
            .adagrad(initialAccumulator: random.fraction(), epsilon: 1e-9 + random.fraction()),
            .lamb(beta1: random.fraction(), beta2: random.fraction(), epsilon: 1e-9 + random.fraction()),
        ]
        let shapes: [LearningRateSchedule.Shape] = [
            .constant, .cosine(end: random.fraction()),
            .polynomial(power: 0.1 + random.fraction(), end: random.fraction()),
            .step(everyEpochs: 0.1 + random.fraction(), factor: 0.1 + random.fraction()),
            .exponential(rate: 0.1 + random.fraction(), everyEpochs: 0.1 + random.fraction()),
            .cosineRestarts(
                CosineRestarts(
                    firstEpochs: 0.1 + random.fraction(), timeFactor: 1 + random.fraction(),
                    heightFactor: 0.1 + random.fraction(), end: random.fraction())),
            .oneCycle(
                OneCycle(
                    rise: random.fraction() / 2, divisor: 1 + random.fraction(),
                    finalDivisor: 1 + random.fraction(), anneal: random.element(of: OneCycle.Anneal.allCases),
                    hasThreePhases: random.flag(), momentum: random.sometimes { _ in 0.25...0.75 })),
            .reduceOnPlateau(
                ReduceOnPlateau(
                    monitor: random.element(of: EarlyStopping.Monitor.allCases), factor: random.fraction(),
                    patience: 1 + random.index(below: 9), minDelta: random.fraction(),
                    cooldown: random.index(below: 9), least: random.fraction())),
        ]
        return StageConfiguration(
            name: name, freezing: random.element(of: freezings),
            unfreezing: random.sometimes {
                GradualUnfreezing(every: 1 + $0.index(below: 9), groups: 1 + $0.index(below: 9))
            },
            batchNormalization: BatchNormalizationPolicy(
                frozen: random.element(of: BatchNormalizationPolicy.Behavior.allCases),
                unfrozen: random.element(of: BatchNormalizationPolicy.Behavior.allCases)),
            epochs: 1 + random.index(below: 100),
            batchSize: random.sometimes { 1 + $0.index(below: 100) }, accumulate: 1 + random.index(below: 9),
            optimizer: random.element(of: optimizers),
            learningRate: LearningRateSchedule(
                base: 1e-9 + random.fraction(), shape: random.element(of: shapes),
                warmupEpochs: random.fraction() * 5),
            rates: random.element(of: [
                .equal, .factors(["no": 0.1 + random.fraction(), "backbone": 3]),
                .geometric(from: 0.1 + random.fraction()), .decay(0.1 + random.fraction()),
            ]))
    }
}

extension SeededRandom {
    fileprivate mutating func flag() -> Bool { index(below: 2) == 0 }

    /// A number of `0..<1` with 53 random bits.
    fileprivate mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A range within another one.
    fileprivate mutating func part(of range: ClosedRange<Double>) -> ClosedRange<Double> {
        let ends = [fraction(), fraction()].sorted().map {
            range.lowerBound + (range.upperBound - range.lowerBound) * $0
        }
        return ends[0]...ends[1]
    }

    fileprivate mutating func element<Element>(of elements: [Element]) -> Element {
        elements[index(below: elements.count)]
    }

    fileprivate mutating func sometimes<Value>(_ value: (inout SeededRandom) -> Value) -> Value? {
        flag() ? value(&self) : nil
    }
}
