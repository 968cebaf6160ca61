import Architectures
import Datasets
import KerasFiles
import Layers
import Tensors
import Training

/// An experiment that is ready to run: its pictures found and split, its network built, its weights imported.
public struct Experiment {
    /// What it was made from, defaults filled in.
    public let configuration: ExperimentConfiguration
    /// The pictures, narrowed and split.
    public let dataset: Dataset
    /// The backbone with its head, and what regularizes its blocks while it is trained.
    public let network: Network
    /// The backbone with its head alone: what files and other programs know. It has the same arrays.
    public let savedNetwork: Network
    /// The arrays that training starts from.
    public let parameters: Parameters
    /// What was taken from the weights file; nil where the weights are random.
    public let importReport: ImportReport?
    /// The stages of the training, in terms of the network's layers.
    public let stages: [TrainingStage]
    /// The pictures, where other experiments have them, too.
    let sharedPictures: SharedPictures?
    /// What was imported, where other experiments import it, too.
    let sharedWeights: SharedWeights?

    /// Gets everything ready; nothing is written.
    /// - Parameter sharedData: what experiments that follow each other have in common; nil for nothing.
    /// - Throws: an error that names the file, the layer or the key that is wrong.
    public init(_ configuration: ExperimentConfiguration, sharing sharedData: SharedData? = nil) throws {
        var configuration = configuration
        // A misspelt layer should not wait for a hundred thousand pictures to be found.
        let backbone = try configuration.model.backbone()
        let depth = configuration.model.stochasticDepth
        try setting("regularization.stochastic_depth") { _ = try backbone.withStochasticDepth(rate: depth) }
        sharedPictures = try sharedData?.pictures(configuration.data, seed: configuration.seed)
        dataset =
            try sharedPictures?.dataset ?? configuration.data.prepare(seed: configuration.seed)
        try Self.check(dataset, configuration)
        configuration.model.preprocessing = try configuration.model.scaling()
        savedNetwork = try configuration.model.network(
            on: backbone, classes: dataset.classNames.count, isMultiLabel: dataset.labelling == .multiple)
        network = try savedNetwork.withStochasticDepth(rate: depth)
        sharedWeights = sharedData?.weights
        (parameters, importReport) = try configuration.model.parameters(
            of: savedNetwork, seed: configuration.seed, sharing: sharedWeights)
        configuration.training.loss = configuration.training.lossConfiguration(for: dataset)
        let loss = try configuration.training.loss(for: dataset)
        self.configuration = configuration
        let network = network
        try setting("regularization") { try configuration.regularization.check(network) }
        if configuration.regularization.l2SP != nil, importReport == nil {
            throw ExperimentError.nothingPretrained
        }
        stages = try configuration.training.stages.enumerated().map { index, stage in
            try configuration.stage(stage, "training.stages[\(index)]", of: network, loss)
        }
    }

    /// The pairs of pictures in different splits that are the same or nearly so.
    public func duplicatesAcrossSplits() -> [DuplicatePair] {
        sharedPictures?.duplicates ?? dataset.duplicatesAcrossSplits()
    }

    /// What identifies the pictures; see `Dataset.contentHash()`.
    /// - Throws: ``DatasetError/unreadable(path:reason:)`` for the first file that cannot be read.
    func contentHash() throws(DatasetError) -> ContentHash {
        if let sharedPictures { return try sharedPictures.contentHash() }
        return try dataset.contentHash()
    }

    /// The arrays that were imported, where the regularization pulls towards them.
    var pretrained: Parameters {
        var arrays = Parameters()
        guard configuration.regularization.l2SP != nil, let importReport else { return arrays }
        let layers = Set(importReport.imported.map(\.name))
        for key in parameters.keys where layers.contains(key.layer) { arrays[key] = parameters[key] }
        return arrays
    }

    /// The network cut before its head.
    /// - Throws: ``ExperimentError/noBackbone(network:)``
    func headCut() throws -> NetworkCut {
        let head = try LayerSelection.groups([NetworkBuilder.headGroup]).layers(of: network)
        guard let cut = network.cut(for: .training(head)) else {
            throw ExperimentError.noBackbone(network: network.name)
        }
        return cut
    }

    private static func check(_ dataset: Dataset, _ configuration: ExperimentConfiguration) throws {
        let path = configuration.data.source.path
        if let solver = configuration.model.head.solver, dataset.labelling == .multiple {
            throw ExperimentError.severalLabelsToSolve(data: path, solver: solver.name)
        }
        if configuration.evaluation.temperatureScaling {
            guard dataset.labelling != .multiple else {
                throw ExperimentError.severalLabelsToScale(data: path)
            }
            guard !dataset.indices(in: .validation).isEmpty else {
                throw ExperimentError.noPictures(
                    split: "validation", of: path,
                    hint: "evaluation.temperature_scaling is fitted to them; set data.splits.validation")
            }
        }
        guard dataset.classNames.count >= 2 else {
            throw ExperimentError.tooFewClasses(of: path, found: dataset.classNames.count)
        }
        guard !dataset.indices(in: .train).isEmpty else {
            throw ExperimentError.noPictures(
                split: "training", of: path, hint: "there is nothing to learn from")
        }
        guard !dataset.indices(in: .test).isEmpty else {
            throw ExperimentError.noPictures(
                split: "test", of: path, hint: "set data.splits.test to keep some apart")
        }
        if dataset.indices(in: .validation).isEmpty {
            if let rule = configuration.earlyStopping {
                throw ExperimentError.nothingToMonitor("early stopping", monitor: rule.monitor.rawValue)
            }
            for stage in configuration.training.stages {
                guard case .reduceOnPlateau(let rule) = stage.learningRate.shape else { continue }
                throw ExperimentError.nothingToMonitor("reduce_on_plateau", monitor: rule.monitor.rawValue)
            }
        }
    }
}

extension ExperimentConfiguration {
    /// A stage in terms of a network's layers.
    /// - Parameter path: where the stage is in the configuration.
    /// - Throws: ``SettingError``
    fileprivate func stage(
        _ stage: StageConfiguration, _ path: String, of network: Network, _ loss: Loss
    ) throws -> TrainingStage {
        let freezing = "\(path).\(stage.freezing.key)"
        let layers = try setting(freezing) { try stage.freezing.trainedLayers(of: network) }
        var result = TrainingStage(
            name: stage.name, layers: layers, epochs: stage.epochs, optimizer: stage.optimizer,
            schedule: stage.learningRate, regularization: regularization, loss: loss,
            earlyStopping: earlyStopping)
        result.batchNormalization = stage.batchNormalization
        result.unfreezing = stage.unfreezing
        result.accumulate = stage.accumulate
        let trained = ExecutionPlan.Mode.training(
            layers, of: network, batchNormalization: stage.batchNormalization
        ).trainableLayers
        // Known now, it need not wait for the stages before to be trained.
        guard network.trainableParameterCount(in: trained) > 0 else {
            throw SettingError(freezing, TrainingError.nothingToTrain(stage: stage.name))
        }
        result.learningRateFactors = try setting("\(path).learning_rate_factors") {
            try stage.rates(of: network).factors(
                of: network, training: trained, base: stage.learningRate.base)
        }
        return result
    }
}
