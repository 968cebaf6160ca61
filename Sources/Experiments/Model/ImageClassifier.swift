import Datasets
import Evaluation
import KerasFiles
import Layers
import Tensors
import Training

/// A network with its weights that tells the classes of pictures: a finished run's, or a whole Keras model's.
public struct ImageClassifier {
    /// The network.
    public let network: Network
    /// The network's arrays.
    public let parameters: Parameters
    /// The classes, in the order of the network's outputs.
    public let classNames: [String]
    /// How pixels are scaled before they enter the network.
    public let scaling: PixelScaling
    /// Whether each class is told by itself, and a picture may be of several or none.
    public let isMultiLabel: Bool
    /// What probabilities are scaled by; nil for nothing.
    public let temperature: TemperatureScaling?
    private let trainer: Trainer

    /// A classifier.
    /// - Throws: ``ExperimentError/notAClassifier(network:expected:found:)`` where the network does not take
    ///   a picture and give one number a class; ``LayerError`` where arrays are missing.
    public init(
        _ network: Network, _ parameters: Parameters, classNames: [String], scaling: PixelScaling,
        isMultiLabel: Bool = false, temperature: TemperatureScaling? = nil
    ) throws {
        guard network.inputs.count == 1, network.outputs.count == 1 else {
            throw ExperimentError.notAClassifier(
                network: network.name, expected: "one picture in and one list of numbers out",
                found: "\(network.inputs.count) inputs and \(network.outputs.count) outputs")
        }
        let (input, output) = (network.inputShape, network.outputShape)
        guard input.rank == 3, [1, 3].contains(input[2]), output == [classNames.count] else {
            throw ExperimentError.notAClassifier(
                network: network.name,
                expected: "a picture [H, W, 1 or 3] in and [\(classNames.count)] out, a number a class",
                found: "\(input) in and \(output) out")
        }
        self.network = network
        self.parameters = parameters
        self.classNames = classNames
        self.scaling = scaling
        self.isMultiLabel = isMultiLabel
        self.temperature = temperature
        trainer = try Trainer(network, parameters, seed: 0)
    }

    /// The network's outputs for inputs that are scaled already, without the temperature.
    /// - Parameter inputs: `[N, H, W, C]`.
    /// - Returns: `[N, K]`.
    public func scores(_ inputs: Tensor) throws -> Tensor { try trainer.predict(inputs) }

    /// The scores of the classes for some pictures of any size, `[N][K]`, at the temperature.
    public func scores(of images: [Image]) throws -> [[Double]] {
        let input = network.inputShape
        let inputs = scaling.tensor(of: images.map { $0.fitted(to: input) }, input: input)
        let scores = try scores(inputs).elements.map(Double.init)
        let classes = classNames.count
        return images.indices.map { image in
            let scores = Array(scores[image * classes..<(image + 1) * classes])
            return temperature?(scores) ?? scores
        }
    }
}

extension ImageClassifier {
    /// The classifier in a file that holds a whole Keras model; one that tells each class by itself where the
    /// model ends with sigmoids.
    /// - Parameters:
    ///   - classNames: the classes, in the order of the outputs; `0`, `1`, … if nil.
    ///   - scaling: how pixels are scaled.
    /// - Throws: ``KerasFileError``; ``ExperimentError/notAClassifier(network:expected:found:)``.
    public init(_ model: KerasModel, classNames: [String]?, scaling: PixelScaling) throws {
        guard let outputs = model.classCount else {
            throw ExperimentError.notAClassifier(
                network: model.network.name, expected: "one list of numbers out, a number a class",
                found: model.network.outputs.map { "\(model.network.nodes[$0].outputShape)" }
                    .joined(separator: ", ") + " out")
        }
        try self.init(
            model.network, model.parameters, classNames: classNames ?? (0..<outputs).map(String.init),
            scaling: scaling, isMultiLabel: model.tellsClassesApart)
    }
}

extension KerasModel {
    /// How many numbers it gives a picture; nil where that is not one list of them.
    public var classCount: Int? {
        guard network.outputs.count == 1, network.outputShape.rank == 1 else { return nil }
        return network.outputShape[0]
    }

    /// Whether its numbers are probabilities of several classes, each by itself: sigmoids, perhaps reshaped.
    public var tellsClassesApart: Bool {
        guard let classCount, classCount > 1, var place = network.outputs.first else { return false }
        while network.nodes[place].layer.passesElementsOn, let input = network.nodes[place].inputs.first {
            place = input
        }
        return network.nodes[place].layer.endsWithSigmoid
    }
}

extension Layer {
    /// Whether its output at inference is its input, perhaps of another shape.
    fileprivate var passesElementsOn: Bool {
        self is Flatten || self is Reshape || self is Permute || self is Dropout || self is Identity
            || self is ActivityRegularization || (self as? Activation)?.activation == .linear
    }

    fileprivate var endsWithSigmoid: Bool {
        switch self {
        case let layer as Dense: layer.activation == .sigmoid
        case let layer as Activation: layer.activation == .sigmoid
        case let layer as Conv2D: layer.activation == .sigmoid
        default: false
        }
    }
}
