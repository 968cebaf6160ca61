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

    /// Gets everything ready; nothing is written.
    /// - Throws: an error that names the file, the layer or the key that is wrong.
    public init(_ configuration: ExperimentConfiguration) throws {
        var configuration = configuration
        dataset = try configuration.data.prepare(seed: configuration.seed)
        try Self.check(dataset, configuration)
        configuration.model.preprocessing = try configuration.model.scaling()
        network = try configuration.model.network(classes: dataset.classNames.count)
        (parameters, importReport) = try configuration.model.parameters(
            of: network, seed: configuration.seed)
        self.configuration = configuration
        // Errors in a late stage should not wait for the early ones to be trained.
        for stage in configuration.training.stages { _ = try self.stage(stage, fromScratch: false) }
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

    /// A stage of the configuration, in terms of the network's layers.
    func stage(_ stage: StageConfiguration, fromScratch: Bool) throws -> TrainingStage {
        let layers =
            fromScratch
            ? try LayerSelection.all.layers(of: network) : try stage.freezing.trainedLayers(of: network)
        return TrainingStage(
            name: stage.name, layers: layers, epochs: stage.epochs, optimizer: stage.optimizer,
            schedule: stage.learningRate, regularization: configuration.regularization,
            earlyStopping: configuration.earlyStopping)
    }
}
