import Layers
import Tensors

/// A file that holds a whole Keras model: what its layers are, how they are connected, and their weights.
///
/// ```swift
/// let model = try ModelFile("keras_model.h5").model()
/// let plan = try ExecutionPlan(model.network, batchSize: 1)
/// let scores = try plan.forward(picture, model.parameters)
/// ```
/// It reads the `.h5` and `.hdf5` of Keras 1 and 2 and the `.keras` of Keras 3.
public struct ModelFile: Sendable {
    /// The file's weights, which can be described whether or not the model can be built.
    public let weights: WeightsFile
    private let config: ModelConfig

    /// Opens a file; nothing is built yet, and no array read.
    /// - Parameter place: the process that takes the file apart; see ``ReadingPlace``.
    /// - Throws: ``KerasFileError``, which is ``KerasFileError/noModel(file:)`` for a file of weights alone.
    public init(_ path: String, in place: ReadingPlace = .childProcess()) throws {
        try self.init(WeightsFile(path, in: place))
    }

    /// The model of a file that is open.
    /// - Throws: ``KerasFileError/noModel(file:)`` where there are weights alone.
    public init(_ weights: WeightsFile) throws(KerasFileError) {
        guard let config = weights.config else { throw .noModel(file: weights.path) }
        self.weights = weights
        self.config = config
    }

    /// The file's path, as it was given.
    public var path: String { weights.path }

    /// Builds the network and reads its weights.
    /// - Parameter size: the height and width of an input, where the file leaves them open because the model
    ///   takes pictures of any size.
    /// - Throws: ``KerasFileError``: ``KerasFileError/unsupportedLayers(file:_:)`` with all of them where
    ///   there are any.
    public func model(size: Pair? = nil) throws -> KerasModel {
        let description = try ModelConfigReader(file: path).model(config.json)
        let flat = try ModelFlattening.flatten(description, file: path, kerasMajor: kerasMajor)
        let assembled = try NetworkAssembly(file: path, kerasMajor: kerasMajor).build(flat, size: size)
        let matching = StructuralMatching(weights, description, assembled)
        let (parameters, report) = try weights.parameters(
            of: matching.pairs(), in: assembled.network, .byStructure)
        let isNested = description.layers.contains { $0.model != nil }
        let tree =
            isNested
            ? ModelTree(description, assembled.network, places: assembled.places, file: path) : nil
        let frozen = description.frozenPaths(at: [], isFrozen: false)
        return KerasModel(
            network: assembled.network, parameters: parameters, report: report,
            notes: assembled.notes + notes(on: assembled.arrayOrders.values),
            frozenLayers: Set(
                assembled.network.nodes.filter { node in
                    !node.parameters.isEmpty
                        && assembled.places[node.name].map { frozen.contains($0.names) } == true
                }.map(\.name)), tree: tree, isNested: isNested)
    }

    /// What cannot be known of files of Keras 1, which mostly do not say with which library they were made.
    private func notes(on orders: some Collection<ArrayOrder>) -> [String] {
        guard weights.backend == nil,
            !Set(orders).isDisjoint(with: [.theano, .transposed, .theanoTransposed])
        else { return [] }
        return [
            "the file does not say which library computed it: its kernels are taken for TensorFlow's, not turned by "
                + "180° as Theano's would have to be (the attribute 'backend' says so)"
        ]
    }

    /// What the model is, and which of its layers are not supported, without building it.
    /// - Throws: ``KerasFileError`` where the configuration makes no sense.
    public func outline() throws -> ModelOutline {
        let description = try ModelConfigReader(file: path).model(config.json)
        let flat = try ModelFlattening.flatten(description, file: path, kerasMajor: kerasMajor)
        var decoding = LayerDecoding(kerasMajor: kerasMajor)
        _ = decoding.decode(flat)
        return ModelOutline(
            name: description.name, className: description.className,
            layerCount: Set(flat.steps.map(\.place)).count, inputs: description.inputs.map(\.layer),
            outputs: description.outputs.map(\.layer), unsupported: decoding.unsupported.table,
            notes: decoding.notes)
    }

    /// The first number of the version of Keras; where the file does not tell, what is newest.
    private var kerasMajor: Int {
        weights.kerasVersion?.split(separator: ".").first.flatMap { Int($0) } ?? 3
    }
}
