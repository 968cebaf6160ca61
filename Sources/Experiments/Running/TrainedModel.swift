import Datasets
import Evaluation
import KerasFiles
import Layers
import Tensors
import Training

/// The network of a finished run, with its weights, ready to judge pictures.
public struct TrainedModel {
    /// What the run was made from.
    public let configuration: ExperimentConfiguration
    /// What it came to.
    public let summary: RunSummary
    /// The network.
    public let network: Network
    private let scaling: PixelScaling
    private let trainer: Trainer

    /// Reads a run.
    /// - Throws: ``ConfigurationError``, ``ExperimentError``, ``KerasFileError`` where the run's files are
    ///   not what a run writes.
    public init(_ run: RunFolder) throws {
        configuration = try ExperimentConfiguration.load(path: run.path("config.yaml"))
        summary = try RunSummary.read(run)
        network = try configuration.model.network(classes: summary.classNames.count)
        scaling = try configuration.model.scaling().scaling
        let (parameters, _) = try WeightsFile(run.path("model.weights.h5")).parameters(for: network)
        trainer = try Trainer(network, parameters, seed: configuration.seed)
    }

    /// The classes, in the order of the network's outputs.
    public var classNames: [String] { summary.classNames }

    /// The probabilities of the classes for some pictures, `[N, K]`.
    public func probabilities(of images: [Image]) throws -> [[Double]] {
        let input = network.inputShape
        let inputs = scaling.tensor(of: images.map { $0.fitted(to: input) }, input: input)
        let scores = try trainer.predict(inputs).elements.map(Double.init)
        let classes = classNames.count
        return images.indices.map { Array(scores[$0 * classes..<($0 + 1) * classes]) }
    }

    /// What the network says of labelled pictures.
    /// - Parameters:
    ///   - data: where they come from; the run's own if nil.
    ///   - split: which of them; those without a split are taken where the source has none.
    ///   - observe: hears how many of how many are done.
    /// - Throws: ``ExperimentError/otherClasses(data:expected:found:)``, and what the pictures' files give
    ///   cause for.
    public func predictions(
        on data: DataConfiguration? = nil, split: Split = .test, observe: (Int, Int) throws -> Void
    ) throws -> Predictions {
        let source = data ?? configuration.data
        let dataset =
            try data.map { try $0.load(for: classNames) } ?? source.prepare(seed: configuration.seed)
        guard dataset.classNames == classNames else {
            throw ExperimentError.otherClasses(
                data: source.source.path, expected: classNames, found: dataset.classNames)
        }
        let indices = dataset.splits.isEmpty ? Array(dataset.samples.indices) : dataset.indices(in: split)
        guard !indices.isEmpty else {
            throw ExperimentError.noPictures(
                split: split.rawValue, of: source.source.path,
                hint: "it has \(dataset.splits.map(\.rawValue).joined(separator: ", "))")
        }
        let loader = try BatchLoader(
            dataset, indices: indices, batchSize: configuration.training.batchSize, input: network.inputShape,
            scaling: scaling, threads: source.threads, cache: .none)
        return try loader.predictions {
            try trainer.predict($0)
        } observe: {
            try observe($0, indices.count)
        }
    }
}
