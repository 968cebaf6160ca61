import Tensors

/// A description of a weights file, for people and as JSON.
public struct WeightsSummary: Sendable, Equatable, Encodable {
    /// A row of the table of layers.
    public struct Layer: Sendable, Equatable, Encodable {
        /// The layer's name.
        public let name: String
        /// Keras's name of its class, where the file tells.
        public let className: String?
        /// Where it is in the file.
        public let path: String
        /// Its arrays.
        public fileprivate(set) var arrays: [Array]
        /// How many numbers they have.
        public fileprivate(set) var parameterCount: Int
    }

    /// An array of a layer.
    public struct Array: Sendable, Equatable, Encodable {
        /// The array's name.
        public let name: String
        /// The extents.
        public let shape: [Int]
        /// The kind of number.
        public let type: StoredType
    }

    /// The file's path.
    public let file: String
    /// The layout.
    public let format: WeightsFile.Format
    /// The version of Keras that wrote the file, where it tells.
    public let kerasVersion: String?
    /// The library that Keras computed with, where the file tells.
    public let backend: String?
    /// The layers, in the file's order.
    public let layers: [Layer]
    /// How many numbers all arrays have.
    public let parameterCount: Int
    /// How many bytes the arrays take in the file.
    public let byteCount: Int
    /// What else holds arrays, and is not described.
    public let ignored: [String]
}

extension WeightsFile {
    /// The description of the file.
    public var summary: WeightsSummary {
        WeightsSummary(
            file: path, format: format, kerasVersion: kerasVersion, backend: backend,
            layers: rows,
            parameterCount: layers.reduce(0) { $0 + $1.parameterCount },
            byteCount: layers.reduce(0) { $0 + $1.arrays.reduce(0) { $0 + $1.storedBytes } },
            ignored: ignored)
    }

    /// The rows of the table: of layers, with the arrays of the layers that these have in them (an LSTM's cell).
    private var rows: [WeightsSummary.Layer] {
        var rows: [WeightsSummary.Layer] = []
        var places: [String: Int] = [:]
        let hasParts = format == .keras3Weights || format == .kerasArchive
        let named = Dictionary(layers.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        for layer in layers {
            let owner = hasParts ? layer.ownerPath : layer.path
            let prefix = layer.path.dropFirst(owner.count + 1)
            let arrays = layer.arrays.map { array in
                WeightsSummary.Array(
                    name: prefix.isEmpty ? array.name : "\(prefix)/\(array.name)",
                    shape: array.shape.dimensions, type: array.storedType)
            }
            if hasParts, let place = places[owner] {
                rows[place].add(arrays, layer.parameterCount)
            } else {
                places[owner] = rows.count
                let key = owner.split(separator: "/").last.map(String.init) ?? layer.name
                rows.append(
                    WeightsSummary.Layer(
                        name: named[owner]?.name ?? key,
                        className: named[owner].map(\.className) ?? CountedName(key).className, path: owner,
                        arrays: arrays, parameterCount: layer.parameterCount))
            }
        }
        return rows
    }
}

extension WeightsSummary.Layer {
    fileprivate mutating func add(_ arrays: [WeightsSummary.Array], _ count: Int) {
        self.arrays += arrays
        parameterCount += count
    }
}

extension StoredLayer {
    /// Where the layer is that this is a part of; its own path where it is one of a model's layers.
    ///
    /// Keras 3 has a model's layers below `layers`, and what a layer has in it below the layer.
    fileprivate var ownerPath: String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let lists: Set = ["layers", "_layer_checkpoint_dependencies"]
        guard let list = parts.dropLast().lastIndex(where: { lists.contains(String($0)) }) else {
            return path
        }
        return parts[...(list + 1)].joined(separator: "/")
    }
}
