import Tensors

/// What a Keras weights file holds: layers and their arrays, described at once and read when asked for.
///
/// ```swift
/// let file = try WeightsFile("mobilenet_1_0_224_tf_no_top.h5")
/// let (parameters, report) = try file.parameters(for: network)
/// ```
/// The file stays open, read-only, as long as the value is there. It is taken apart in a process of its own, as
/// ``ReadingPlace`` explains; what is wrong with it cannot harm this one.
public struct WeightsFile: Sendable {
    /// The layouts that Keras has had for weights in HDF5.
    public enum Format: String, Sendable, Codable {
        /// Weights alone, as `save_weights` wrote them before Keras 3: a group a layer, in order.
        case legacyWeights
        /// A whole model, as `save` wrote it before Keras 3: the same below `model_weights`, and
        /// the model's configuration.
        case legacyModel
        /// A `.weights.h5` of Keras 3: groups named by the layers' classes, arrays by numbers.
        case keras3Weights
        /// A `.keras` archive of Keras 3: the model's configuration, and a `.weights.h5`.
        case kerasArchive

        /// The format in words.
        public var title: String {
            switch self {
            case .legacyWeights: "Keras HDF5 weights (legacy)"
            case .legacyModel: "Keras HDF5 model (legacy)"
            case .keras3Weights: "Keras 3 weights"
            case .kerasArchive: "Keras 3 model"
            }
        }
    }

    /// The file's path, as it was given.
    public let path: String
    /// The file's layout.
    public let format: Format
    /// The version of Keras that wrote the file, where the file tells.
    public let kerasVersion: String?
    /// The library that Keras computed with, where the file tells: `tensorflow`.
    public let backend: String?
    /// The layers in the file's order, those without arrays included where the file lists them.
    public let layers: [StoredLayer]
    /// What else holds arrays, and is not read: an optimizer's state, for instance.
    public let ignored: [String]
    /// What the file says of the model, if it has more than weights.
    let config: ModelConfig?
    /// The layers of the outermost model, in legacy files.
    let groups: [LegacyGroup]
    private let bytes: FileBytes
    private let converted: @Sendable (StoredArray) throws -> Tensor

    /// Opens a file and describes what is in it; no array is read yet.
    /// - Parameter place: the process that takes the file apart; see ``ReadingPlace``.
    /// - Throws: ``KerasFileError`` where the file is missing, damaged, of another kind, or not to be
    ///   trusted.
    public init(_ path: String, in place: ReadingPlace = .childProcess()) throws {
        self.path = path
        bytes = try FileBytes(path)
        let contents: FileContents
        switch place {
        case .childProcess(let limits):
            let reader = try RemoteReader(bytes, limits: limits)
            contents = try reader.contents()
            // A reader that has nothing more to tell is not kept.
            let isNeeded = contents.layers.contains { $0.arrays.contains(where: \.isConverted) }
            let kept = isNeeded ? reader : nil
            converted = { array in
                guard let kept else {
                    throw KerasFileError.missing("array", file: path, object: array.path)
                }
                return try kept.read(array)
            }
        case .thisProcess:
            let reader = try FileReader(path)
            do {
                contents = try reader.description().contents(file: path, fileSize: bytes.size)
            } catch let nonsense as FileDescription.Nonsense {
                throw KerasFileError.hostile(file: path, reason: nonsense.reason)
            }
            converted = { try reader.root.dataset($0.path).read() }
        }
        format = contents.format
        config = contents.config
        layers = contents.layers
        groups = contents.groups
        ignored = contents.ignored
        kerasVersion = contents.kerasVersion
        backend = contents.backend
    }

    /// The numbers of an array, as Float32 whatever the file holds.
    ///
    /// Plain numbers are not copied: the tensor uses them where they are in the file, which must not be written
    /// to as long as the tensor is in use.
    /// - Throws: ``KerasFileError``
    public func read(_ array: StoredArray) throws -> Tensor {
        if let order = array.order { return order.rearranged(try read(array.asStored), shape: array.shape) }
        if array.shape.elementCount == 0 { return Tensor(zeros: array.shape) }
        if let offset = array.offset { return try bytes.tensor(at: offset, shape: array.shape) }
        return try converted(array)
    }
}

/// A layer as a file has it.
public struct StoredLayer: Sendable, Hashable {
    /// The layer's name, or what stands in its place in files that do not tell names.
    public let name: String
    /// Another name that the file has for the same layer: the scope of its variables.
    let alias: String?
    /// Where it is in the file: `model_weights/conv1`, `layers/conv2d_3`.
    public let path: String
    /// Keras's name of the layer's class, where the file tells.
    public let className: String?
    /// The layer's arrays, in Keras's order.
    public let arrays: [StoredArray]

    /// How many numbers the arrays have.
    public var parameterCount: Int { arrays.reduce(0) { $0 + $1.shape.elementCount } }
}

/// An array as a file has it.
public struct StoredArray: Sendable, Hashable {
    /// The array's name: `kernel`, or its number in a Keras 3 file.
    public let name: String
    /// Where it is in the file.
    public let path: String
    /// The extents, in Keras's layout.
    public internal(set) var shape: Shape
    /// The kind of number that the file holds.
    public let storedType: StoredType
    /// How many bytes the numbers take in the file.
    public let storedBytes: Int
    /// Where the file describes it, which grows with every array that is written.
    let address: UInt64

    /// Where in the file the numbers lie as little-endian Float32; nil if they have to be unpacked or converted.
    let offset: Int?

    /// The order of the file's numbers, where it is not that of the shape.
    var order: StoredOrder?

    /// Whether the HDF5 library is needed to read it.
    var isConverted: Bool { offset == nil && shape.elementCount > 0 }
}

extension StoredArray {
    init(name: String, _ dataset: HDF5Dataset) {
        self.init(
            name: name, path: dataset.place.object, shape: dataset.shape, storedType: dataset.storedType,
            storedBytes: dataset.storedBytes, address: dataset.address, offset: dataset.offset)
    }
}
