import Layers
import Tensors

/// What can be wrong with a weights file.
public enum KerasFileError: Error, Equatable {
    /// There is no such file.
    case noFile(String)
    /// The file is something else than HDF5.
    case notHDF5(file: String, found: String)
    /// The file is a folder that TensorFlow can read.
    case savedModel(SavedModel)
    /// The file is there, but the system does not let it be read.
    case unreadable(file: String, reason: String)
    /// The file is HDF5, but incomplete or broken.
    case damaged(file: String, reason: String)
    /// The HDF5 library refused a call.
    case library(file: String, object: String, action: String, reason: String)
    /// The file is HDF5, but holds no weights as Keras writes them.
    case noWeights(file: String, found: [String])
    /// Something that the file itself lists is not in it.
    case missing(String, file: String, object: String)
    /// An object is a link, possibly to another file.
    case link(file: String, object: String, external: Bool)
    /// An array does not hold numbers.
    case elementType(file: String, object: String, found: String)
    /// An array claims to be larger than the bytes that the file has for it.
    case size(file: String, object: String, shape: [Int], stored: Int)
    /// An attribute is of another kind than Keras writes.
    case attribute(String, file: String, object: String, expected: String, found: String)
    /// The file's arrays are not those that a network needs; all that is wrong, and perhaps a hint.
    case mismatch(file: String, network: String, problems: [ImportProblem], hint: String?)
    /// What was said about an import does not go with the file and the network; all that is wrong.
    case importOptions(file: String, problems: [ImportOptionProblem])
    /// A name of a file to be written says nothing of its format.
    case format(file: String)
    /// A layer's name cannot be a name in an HDF5 file.
    case layerName(String, file: String)
    /// A file could not be written.
    case write(file: String, reason: String)
    /// The file has weights, but does not say of which layers and how they are connected.
    case noModel(file: String)
    /// The description of the model is not as Keras writes it.
    case modelConfig(file: String, place: String, expected: String, found: String)
    /// The layers of a model are not connected in a way that can be computed.
    case modelGraph(file: String, model: String, reason: String)
    /// The file does not say how large the model's inputs are.
    case inputShape(file: String, model: String, found: String)
    /// Layers that there are none of here; all of the file's, by class and reason.
    case unsupportedLayers(file: String, [UnsupportedLayer])
    /// A layer cannot take what the file puts in front of it.
    case layer(file: String, LayerError)
    /// A network has a layer that Keras cannot be told.
    case noKerasLayer(file: String, layer: String, reason: String)
    /// Reading the file brought its reading process down, or made it say what cannot be.
    case hostile(file: String, reason: String)
    /// There is no program to read files in a process of its own; see ``ReaderProcess``.
    case noReader(file: String, expected: String)
    /// A `.keras` archive, or a part of it, is not to be trusted or not complete.
    case archive(file: String, entry: String?, reason: String)
}

extension KerasFileError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .noFile(let file): "\(file): there is no such file"
        case .notHDF5(let file, let found): "\(file): expected an HDF5 file, found \(found)"
        case .savedModel(let model):
            "\(model.folder): expected one file (.keras, .h5), found TensorFlow's SavedModel; \(model.advice)"
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .damaged(let file, let reason):
            "\(file): the file is incomplete or damaged (\(reason)); download or copy it again"
        case .library(let file, let object, let action, let reason):
            "\(file): could not \(action) '\(object)': \(reason)"
        case .noWeights(let file, let found):
            "\(file): expected weights as Keras writes them (attribute 'layer_names', or groups 'layers'), found "
                + (found.isEmpty ? "an empty file" : Self.list(found))
        case .missing(let kind, let file, let object):
            "\(file): expected \(kind == "group" ? "a" : "an") \(kind) '\(object)', found none"
        case .link(let file, let object, let external):
            "\(file): '\(object)' is a link" + (external ? " to another file" : "")
                + "; expected the data itself, which is all that Keras writes"
        case .elementType(let file, let object, let found):
            "\(file): expected '\(object)' to hold numbers, found \(found)"
        case .size(let file, let object, let shape, let stored):
            "\(file): '\(object)' claims the shape \(shape), but the file has only \(stored) bytes for it"
        case .attribute(let name, let file, let object, let expected, let found):
            "\(file): expected attribute '\(name)' of '\(object)' to be \(expected), found \(found)"
        case .mismatch(let file, let network, let problems, let hint):
            Self.sentence(file: file, network: network, problems: problems, hint: hint)
        case .importOptions(let file, let problems):
            "\(file): " + problems.map { "\($0)" }.joined(separator: "; ")
        case .format(let file):
            "\(file): expected a name that ends in .keras (a whole model), .weights.h5 (weights), .h5 or .hdf5"
        case .layerName(let name, let file):
            "\(file): layer '\(name)' cannot be written: a name in HDF5 must not be empty"
        case .write(let file, let reason): "\(file): could not be written: \(reason)"
        case .noModel(let file):
            "\(file): expected a whole model, found weights alone; name the architecture that they are for"
        case .modelConfig(let file, let place, let expected, let found):
            "\(file): \(place): expected \(expected), found \(found)"
        case .modelGraph(let file, let model, let reason): "\(file): model '\(model)': \(reason)"
        case .inputShape(let file, let model, let found):
            "\(file): model '\(model)' takes inputs of any size (\(found)); say which size is wanted"
        case .unsupportedLayers(let file, let layers):
            Self.sentence(file: file, unsupported: layers)
        case .layer(let file, let error): "\(file): \(error)"
        case .noKerasLayer(let file, let layer, let reason):
            "\(file): layer '\(layer)' cannot be written: \(reason)"
        case .hostile(let file, let reason): "\(file): its structure is damaged or hostile: \(reason)"
        case .noReader(let file, let expected):
            "\(file): expected the program '\(expected)' to read the file in a process of its own, found "
                + "none that can be started"
        case .archive(let file, let entry, let reason):
            "\(file): " + (entry.map { "'\($0)' in the archive " } ?? "the archive ") + reason
        }
    }

    private static func sentence(file: String, unsupported layers: [UnsupportedLayer]) -> String {
        let count = layers.reduce(0) { $0 + $1.layers.count }
        return "\(file): \(count == 1 ? "1 layer is" : "\(count) layers are") not supported: "
            + layers.map { "\($0)" }.joined(separator: "; ")
    }

    private static func sentence(
        file: String, network: String, problems: [ImportProblem], hint: String?
    ) -> String {
        let named = problems.prefix(3).map { "\($0)" }.joined(separator: "; ")
        let rest = problems.count - min(problems.count, 3)
        return "\(file): does not fit network '\(network)': \(named)"
            + (rest > 0 ? "; and \(rest) more like these" : "") + (hint.map { "; \($0)" } ?? "")
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(5).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    }
}
