import Foundation
import Layers

/// Writes a network and its arrays as a file that Keras opens as a whole model.
///
/// ```swift
/// try ModelWriter(network).write(parameters, to: "flowers.keras")
/// // Python: keras.models.load_model("flowers.keras")
/// ```
/// A model that was read from a file is written as it was: with the models in it, and with layers that are not to
/// be trained. Other networks become functional models. What Keras does not know is lost: the layer groups. Keras
/// finds three layers of its own networks, `CustomScaleLayer`, `LayerScale` and `StochasticDepth`, in `.keras` files
/// only; for `.h5` it has to be told them.
public struct ModelWriter: Sendable {
    /// The formats that can be written.
    public enum Format: Sendable, CaseIterable {
        /// Keras 3's `.keras`: a zip archive of configuration and weights.
        case keras
        /// The whole model in HDF5, `.h5`, for Keras 2 and 3.
        case legacy
        /// The weights alone as Keras 3 writes them, `.weights.h5`.
        case weights

        /// The format that belongs to a file's name.
        /// - Throws: ``KerasFileError/format(file:)``
        public init(path: String) throws(KerasFileError) {
            let name = path.lowercased()
            if name.hasSuffix(".keras") {
                self = .keras
            } else if name.hasSuffix(".weights.h5") {
                self = .weights
            } else if name.hasSuffix(".h5") || name.hasSuffix(".hdf5") {
                self = .legacy
            } else {
                throw .format(file: path)
            }
        }
    }

    private let network: Network
    private let tree: ModelTree

    /// A writer of a network. Layers that do not lead to the output are left out, as Keras has none.
    /// - Parameter frozen: the names of the layers that are not to be trained.
    public init(_ network: Network, frozen: Set<String> = []) {
        self.network = network.withoutLooseEnds()
        tree = ModelTree(self.network, frozen: frozen)
    }

    /// A writer of a model that was read.
    public init(_ model: KerasModel) {
        network = model.network.withoutLooseEnds()
        tree = model.tree ?? ModelTree(network, frozen: model.frozenLayers)
    }

    /// Writes a file; one that is there is replaced when the new one is complete.
    /// - Parameters:
    ///   - parameters: every array of the network.
    ///   - path: the file; its name decides on the format.
    /// - Throws: `LayerError` where an array is missing or has another shape, ``KerasFileError`` where Keras
    ///   has no such layer or the file cannot be written.
    public func write(_ parameters: Parameters, to path: String) throws {
        let format = try Format(path: path)
        try network.check(parameters)
        try AtomicFile.write(path) { temporary in
            switch format {
            case .keras: try writeArchive(parameters, to: temporary, named: path)
            case .legacy: try writeLegacy(parameters, to: temporary, named: path)
            case .weights: try writeWeights(parameters, to: temporary, named: path)
            }
        }
    }

    private func writeArchive(_ parameters: Parameters, to temporary: String, named path: String) throws {
        let config = try ModelConfigWriter(dialect: .keras3).model(tree, for: path)
        let weights = temporary + ".weights"
        defer { try? FileManager.default.removeItem(atPath: weights) }
        try writeWeights(parameters, to: weights, named: path)
        let metadata: JSONValue = ["keras_version": .string(WeightsWriter.kerasVersion)]
        try ZipOutput.write(
            [
                ("metadata.json", .text(metadata.text)), ("config.json", .text(config.text)),
                ("model.weights.h5", .file(weights)),
            ], to: temporary, named: path)
    }

    private func writeLegacy(_ parameters: Parameters, to temporary: String, named path: String) throws {
        let tree = tree.givingNestedNormalizations(parameters)
        let config = try ModelConfigWriter(dialect: .keras2).model(tree, for: path)
        try HDF5Output.writeFile(temporary, named: path) { root in
            try root.set("backend", to: "tensorflow")
            try root.set("keras_version", to: WeightsWriter.kerasVersion)
            try root.setText("model_config", to: config.text)
            try WeightsWriter(network, tree).writeLegacy(parameters, to: root.group("model_weights"))
        }
    }

    private func writeWeights(_ parameters: Parameters, to temporary: String, named path: String) throws {
        try HDF5Output.writeFile(temporary, named: path) { root in
            try WeightsWriter(network, tree).writeKeras3(parameters, to: root)
        }
    }
}
