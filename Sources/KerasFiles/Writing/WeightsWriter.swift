import Foundation
import Layers
import Tensors

/// Writes the arrays of a network to a file that Keras loads.
///
/// The file fits the functional Keras model that has the same layers in the same graph, with
/// `model.load_weights`.
///
/// ```swift
/// try WeightsWriter(network).write(parameters, to: "model.weights.h5")
/// ```
public struct WeightsWriter: Sendable {
    /// The layouts that can be written.
    public enum Format: Sendable {
        /// Keras 3's `.weights.h5`.
        case keras3
        /// The layout of Keras 1 and 2, which Keras 3 loads as well.
        case legacy

        /// The format that belongs to a file's name.
        /// - Throws: ``KerasFileError/format(file:)``
        public init(path: String) throws(KerasFileError) {
            let name = path.lowercased()
            if name.hasSuffix(".weights.h5") {
                self = .keras3
            } else if name.hasSuffix(".h5") || name.hasSuffix(".hdf5") {
                self = .legacy
            } else {
                throw .format(file: path)
            }
        }
    }

    /// The version whose layouts are written.
    static let kerasVersion = "3.0.0"

    private let network: Network
    private let tree: ModelTree

    /// A writer of a network's weights.
    public init(_ network: Network) { self.init(network, ModelTree(network)) }

    /// - Parameter tree: the network's layers in their models.
    init(_ network: Network, _ tree: ModelTree) {
        self.network = network
        self.tree = tree
    }

    /// Writes a file; one that is there is replaced when the new one is complete.
    /// - Parameters:
    ///   - parameters: every array of the network.
    ///   - path: the file; its name decides on the format.
    /// - Throws: `LayerError` where an array is missing or has another shape, ``KerasFileError`` where the
    ///   file cannot be written.
    public func write(_ parameters: Parameters, to path: String) throws {
        let format = try Format(path: path)
        try network.check(parameters)
        try AtomicFile.write(path) { temporary in
            try HDF5Output.writeFile(temporary, named: path) { root in
                switch format {
                case .keras3: try writeKeras3(parameters, to: root)
                case .legacy: try writeLegacy(parameters, to: root)
                }
            }
        }
    }

    /// A group a layer, called by class and counter, with the arrays by number, and models' layers in them
    /// (`saving_lib.py`).
    func writeKeras3(_ parameters: Parameters, to root: HDF5Output) throws {
        try write(tree, named: tree.name, parameters, to: root)
    }

    private func write(
        _ model: ModelTree, named name: String, _ parameters: Parameters, to group: HDF5Output
    ) throws {
        try group.group("vars").set("name", to: name)
        for (key, entry) in model.keyedEntries {
            let group = try group.group("layers/\(key)")
            if case .model(let inner) = entry.content {
                try write(inner, named: entry.name, parameters, to: group)
                continue
            }
            let variables = try group.group("vars")
            try variables.set("name", to: entry.name)
            guard case .layer(let node) = entry.content else { continue }
            for (number, key) in node.parameterKeys.enumerated() {
                try variables.write(parameters[key]!, named: "\(number)")
            }
        }
    }

    /// A group a layer of the outermost model, called by name, with lists of the layers and of each one's arrays
    /// (`legacy_h5_format.py`).
    func writeLegacy(_ parameters: Parameters, to root: HDF5Output) throws {
        // Keras does not count a Sequential's input among its layers.
        let entries = tree.keyedEntries.map(\.entry)
        try root.setSplit("layer_names", to: entries.map(\.name))
        // Keras 2 turns kernels around that another backend wrote, and transposes those of version 1.
        try root.set("backend", to: "tensorflow")
        try root.set("keras_version", to: Self.kerasVersion)
        for entry in entries {
            guard !entry.name.isEmpty else {
                throw KerasFileError.layerName(entry.name, file: root.place.file)
            }
            let group = try root.group(entry.name)
            let (trained, others) = entry.legacyArrays
            try group.setSplit("weight_names", to: (trained + others).map(\.name))
            for array in trained + others { try group.write(parameters[array.key]!, at: array.name) }
        }
    }
}

extension HDF5Output {
    /// Writes an array into groups in groups, which are made: `conv/kernel:0`.
    fileprivate func write(_ tensor: Tensor, at path: String) throws {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let group = parts.count == 1 ? self : try group(parts.dropLast().joined(separator: "/"))
        try group.write(tensor, named: String(parts.last ?? ""))
    }

    /// The most that an attribute may take, which is what an object's header can hold.
    private static let longestAttribute = 64512

    /// Writes a list of strings, as `name0`, `name1`, … where it is too long for one attribute.
    fileprivate func setSplit(_ name: String, to strings: [String]) throws {
        let length = max(1, strings.map(\.utf8.count).max() ?? 1)
        let perPart = max(1, Self.longestAttribute / length)
        guard strings.count > perPart else { return try set(name, to: strings) }
        for (number, start) in stride(from: 0, to: strings.count, by: perPart).enumerated() {
            try set("\(name)\(number)", to: Array(strings[start..<min(start + perPart, strings.count)]))
        }
    }
}
