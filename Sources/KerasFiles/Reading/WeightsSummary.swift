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
        public let arrays: [Array]
        /// How many numbers they have.
        public let parameterCount: Int
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
            layers: layers.map { layer in
                .init(
                    name: layer.name, className: layer.className, path: layer.path,
                    arrays: layer.arrays.map {
                        .init(name: $0.name, shape: $0.shape.dimensions, type: $0.storedType)
                    },
                    parameterCount: layer.parameterCount)
            },
            parameterCount: layers.reduce(0) { $0 + $1.parameterCount },
            byteCount: layers.reduce(0) { $0 + $1.arrays.reduce(0) { $0 + $1.storedBytes } },
            ignored: ignored)
    }
}
