import Datasets
import KerasFiles
import Layers
import Training

/// An experiment that is ready to run: its pictures found and split, its network built, its weights imported.
public struct Experiment {
    /// What it was made from, defaults filled in.
    public let configuration: ExperimentConfiguration
    /// The pictures, narrowed and split.
    public let dataset: Dataset
    /// The backbone with its head.
    public let network: Network
    /// The arrays that training starts from.
    public let parameters: Parameters
    /// What was taken from the weights file; nil where the weights are random.
    public let importReport: ImportReport?
    /// The stages of the training, in terms of the network's layers.
    public let stages: [TrainingStage]

    /// Gets everything ready; nothing is written.
    /// - Throws: an error that names the file, the layer or the key that is wrong.
    public init(_ configuration: ExperimentConfiguration) throws {
        var configuration = configuration
        // A misspelt layer should not wait for a hundred thousand pictures to be found.
        let backbone = try configuration.model.backbone()
        dataset = try configuration.data.prepare(seed: configuration.seed)
        try Self.check(dataset, configuration)
        configuration.model.preprocessing = try configuration.model.scaling()
        network = try configuration.model.network(on: backbone, classes: dataset.classNames.count)
        (parameters, importReport) = try configuration.model.parameters(
            of: network, seed: configuration.seed)
        self.configuration = configuration
        let network = network
        stages = try configuration.training.stages.map { try configuration.stage($0, of: network) }
    }

    private static func check(_ dataset: Dataset, _ configuration: ExperimentConfiguration) throws {
        let path = configuration.data.source.path
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
        if let rule = configuration.earlyStopping, dataset.indices(in: .validation).isEmpty {
            throw ExperimentError.nothingToMonitor(monitor: rule.monitor.rawValue)
        }
    }
}

extension ExperimentConfiguration {
    /// A stage in terms of a network's layers.
    /// - Throws: ``LayerError/unknownGroup(_:network:groups:)``, ``TrainingError/nothingToTrain(stage:)``
    fileprivate func stage(_ stage: StageConfiguration, of network: Network) throws -> TrainingStage {
        let layers = try stage.freezing.trainedLayers(of: network)
        var result = TrainingStage(
            name: stage.name, layers: layers, epochs: stage.epochs, optimizer: stage.optimizer,
            schedule: stage.learningRate, regularization: regularization, earlyStopping: earlyStopping)
        result.batchNormalization = stage.batchNormalization
        result.unfreezing = stage.unfreezing
        let trained = ExecutionPlan.Mode.training(
            layers, of: network, batchNormalization: stage.batchNormalization
        ).trainableLayers
        // Known now, it need not wait for the stages before to be trained.
        guard network.trainableParameterCount(in: trained) > 0 else {
            throw TrainingError.nothingToTrain(stage: stage.name)
        }
        result.learningRateFactors = try stage.rates(of: network).factors(
            of: network, training: trained, base: stage.learningRate.base)
        return result
    }
}
