import Datasets
import Evaluation
import KerasFiles
import Layers
import Tensors
import Training

/// The network of a finished run, with its weights, ready to judge pictures.
///
/// ```swift
/// let model = try TrainedModel(RunFolder.open("experiments/runs/fer2013-001"))
/// let predictions = try model.predictions(on: model.ownPictures(), split: .test) { done, total in … }
/// ```
public struct TrainedModel {
    /// What the run was made from.
    public let configuration: ExperimentConfiguration
    /// What it came to.
    public let summary: RunSummary
    /// The network with its weights.
    public let classifier: ImageClassifier

    /// Reads a run.
    /// - Throws: ``ConfigurationError``, ``ExperimentError``, ``KerasFileError`` where the run's files are
    ///   not what a run writes.
    public init(_ run: RunFolder) throws {
        configuration = try ExperimentConfiguration.load(path: run.path("config.yaml"))
        summary = try RunSummary.read(run)
        let isMultiLabel = configuration.training.loss?.isMultiLabel ?? false
        let network = try configuration.model.network(
            classes: summary.classNames.count, isMultiLabel: isMultiLabel)
        let (parameters, _) = try WeightsFile(run.path("model.weights.h5")).parameters(for: network)
        classifier = try ImageClassifier(
            network, parameters, classNames: summary.classNames,
            scaling: try configuration.model.scaling().scaling, isMultiLabel: isMultiLabel,
            temperature: summary.fineTuned.temperature?.scaling)
    }

    /// The network's arrays with the temperature in them, so that the network itself gives its probabilities: the
    /// kernel and the bias that the softmax follows are divided by it.
    public var scaledParameters: Parameters {
        var parameters = classifier.parameters
        guard let temperature = classifier.temperature?.temperature else { return parameters }
        for name in ["kernel", "bias"] {
            guard let array = parameters[NetworkBuilder.classifier, name] else { continue }
            parameters[NetworkBuilder.classifier, name] = Tensor(
                array.elements.map { Float(Double($0) / temperature) }, shape: array.shape)
        }
        return parameters
    }

    /// The layers that were frozen when training ended: in Keras, those that are not `trainable`.
    ///
    /// Of layers that are unfrozen gradually, that is what the last epoch of the last stage left.
    /// - Throws: `LayerError.unknownGroup` where the configuration is of another network.
    public func frozenLayers() throws(LayerError) -> Set<String> {
        guard let stage = configuration.training.stages.last else { return [] }
        let network = classifier.network
        var trained = try stage.freezing.trainedLayers(of: network)
        if let unfreezing = stage.unfreezing {
            trained = unfreezing.layers(trained, of: network, inEpoch: max(stage.epochs, 1) - 1)
        }
        return Set(network.nodes.filter { !$0.parameters.isEmpty }.map(\.name)).subtracting(trained)
    }

    /// The classes, in the order of the network's outputs.
    public var classNames: [String] { summary.classNames }

    /// What the network says of labelled pictures that are of one class each.
    /// - Throws: ``ExperimentError/severalLabels(run:)``, and as ``judgement(on:split:observe:)`` does.
    public func predictions(
        on dataset: Dataset, split: Split = .test, observe: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> Predictions {
        guard let found = try judgement(on: dataset, split: split, observe: observe).single else {
            throw ExperimentError.severalLabels(run: configuration.name)
        }
        return found
    }

    /// What the network says of labelled pictures, at its temperature.
    /// - Parameters:
    ///   - dataset: pictures of the network's classes: ``ownPictures()`` or ``pictures(from:)``.
    ///   - split: which of them; all of them where the dataset has no splits.
    ///   - observe: hears how many of how many are done.
    /// - Throws: ``ExperimentError/noPictures(split:of:hint:)``, and what the pictures' files give cause for.
    public func judgement(
        on dataset: Dataset, split: Split = .test, observe: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> Judgement {
        try unscaledJudgement(on: dataset, split: split, observe: observe).scaled(by: classifier.temperature)
    }

    /// The same without the temperature.
    public func unscaledJudgement(
        on dataset: Dataset, split: Split = .test, observe: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> Judgement {
        let indices = dataset.splits.isEmpty ? Array(dataset.samples.indices) : dataset.indices(in: split)
        guard !indices.isEmpty else {
            throw ExperimentError.noPictures(
                split: split.rawValue, of: dataset.name,
                hint: "it has \(dataset.splits.map(\.rawValue).joined(separator: ", "))")
        }
        let loader = try BatchLoader(
            dataset, indices: indices, batchSize: configuration.training.batchSize,
            input: classifier.network.inputShape, scaling: classifier.scaling,
            threads: configuration.data.threads, cache: .none)
        return try loader.predictions {
            try classifier.scores($0)
        } observe: {
            try observe($0, indices.count)
        }
    }
}

extension TrainedModel {
    /// The run's pictures, narrowed and split as they were for the training.
    /// - Throws: ``ExperimentError/otherPictures(data:expected:found:)`` where there are more or fewer now.
    public func ownPictures() throws -> Dataset {
        let dataset = try configuration.data.prepare(seed: configuration.seed)
        let path = configuration.data.source.path
        guard dataset.classNames == classNames else {
            throw ExperimentError.otherClasses(data: path, expected: classNames, found: dataset.classNames)
        }
        guard dataset.countsBySplit == summary.pictures else {
            throw ExperimentError.otherPictures(
                data: path, expected: summary.pictures, found: dataset.countsBySplit)
        }
        return dataset
    }

    /// Pictures of the network's classes from somewhere else, in the source's own splits, if it has any.
    ///
    /// Where the run used some of its source's classes only, so it does here; names that the run gave to
    /// numbered classes are given here too. Pictures of one class each need not be of all classes.
    /// - Throws: ``ExperimentError/otherClasses(data:expected:found:)``, and what the pictures' files give
    ///   cause for.
    public func pictures(from data: DataConfiguration) throws -> Dataset {
        var data = data
        if case .idx = data.source, data.classNames == nil { data.classNames = configuration.data.classNames }
        let dataset = try data.load()
        let found = Set(dataset.classNames)
        if found.count < classNames.count, let part = dataset.numbered(as: classNames) { return part }
        let isChoice = configuration.data.classes != nil
        guard found.isSuperset(of: classNames), isChoice || found.count == classNames.count else {
            throw ExperimentError.otherClasses(
                data: data.source.path, expected: classNames, found: dataset.classNames)
        }
        return try dataset.selecting(classes: classNames)
    }
}
