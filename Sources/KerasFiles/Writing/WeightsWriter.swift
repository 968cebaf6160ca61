import Foundation
import Layers

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
    private let names: KerasNames

    /// A writer of a network's weights.
    public init(_ network: Network) { self.init(network, names: KerasNames(network)) }

    init(_ network: Network, names: KerasNames) {
        self.network = network
        self.names = names
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

    /// A group a layer, called by class and counter, with the arrays by number (`saving_lib.py`).
    func writeKeras3(_ parameters: Parameters, to root: HDF5Output) throws {
        try root.group("vars").set("name", to: names.model)
        for (node, key) in network.countedNodes {
            let group = try root.group("layers/\(key)/vars")
            try group.set("name", to: names.name(of: node))
            for (number, key) in node.parameterKeys.enumerated() {
                try group.write(parameters[key]!, named: "\(number)")
            }
        }
    }

    /// A group a layer, called by name, with lists of the layers and of each one's arrays
    /// (`legacy_h5_format.py`).
    func writeLegacy(_ parameters: Parameters, to root: HDF5Output) throws {
        let nodes = network.kerasOrder.map { network.nodes[$0] }
        try root.setSplit("layer_names", to: nodes.map(names.name))
        // Keras 2 turns kernels around that another backend wrote, and transposes those of version 1.
        try root.set("backend", to: "tensorflow")
        try root.set("keras_version", to: Self.kerasVersion)
        for node in nodes {
            let name = names.name(of: node)
            guard !name.isEmpty else { throw KerasFileError.layerName(node.name, file: root.place.file) }
            let group = try root.group(name)
            try group.setSplit("weight_names", to: node.parameterKeys.map { "\(name)/\($0.name):0" })
            let scope = try group.group(name)
            for key in node.parameterKeys { try scope.write(parameters[key]!, named: "\(key.name):0") }
        }
    }
}

extension HDF5Output {
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
