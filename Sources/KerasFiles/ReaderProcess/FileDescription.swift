import Tensors

/// What a reader found in a file, as it is told to another process.
///
/// The process that hears it believes nothing: a reader may have been taken over by the file that it read.
struct FileDescription: Codable {
    /// Raised with every change of what readers are asked and answer.
    static let currentVersion = 1

    struct Array: Codable {
        var name: String
        var path: String
        var shape: [Int]
        var type: StoredType
        var storedBytes: Int
        var address: UInt64
        /// Where in the file the numbers lie as they are to be used; nil if they have to be read.
        var offset: Int?
    }

    struct Layer: Codable {
        var name: String
        var alias: String?
        var path: String
        var className: String?
        /// Positions in the list of arrays.
        var arrays: [Int]
    }

    struct Group: Codable {
        var name: String
        var path: String
        var scopes: [String]
        /// Positions in the list of arrays.
        var arrays: [Int]
    }

    var version = currentVersion
    var format: WeightsFile.Format
    var arrays: [Array] = []
    var layers: [Layer] = []
    var groups: [Group] = []
    var ignored: [String]
    var kerasVersion: String?
    var backend: String?
    /// The configuration of the model, as JSON.
    var config: String?
}

extension FileDescription {
    /// - Parameter start: where the HDF5 file begins in the file; nil if it is packed.
    init(_ contents: FileContents, start: Int?) {
        self.init(
            format: contents.format, ignored: contents.ignored, kerasVersion: contents.kerasVersion,
            backend: contents.backend, config: contents.config?.text)
        var positions: [StoredArray: Int] = [:]
        func position(of array: StoredArray) -> Int {
            if let position = positions[array] { return position }
            positions[array] = arrays.count
            arrays.append(
                Array(
                    name: array.name, path: array.path, shape: array.shape.dimensions,
                    type: array.storedType, storedBytes: array.storedBytes, address: array.address,
                    offset: array.offset.flatMap { offset in start.map { $0 + offset } }))
            return arrays.count - 1
        }
        layers = contents.layers.map { layer in
            Layer(
                name: layer.name, alias: layer.alias, path: layer.path, className: layer.className,
                arrays: layer.arrays.map(position))
        }
        groups = contents.groups.map { group in
            Group(
                name: group.name, path: group.path, scopes: group.weights.map(\.scope),
                arrays: group.weights.map { position(of: $0.array) })
        }
    }
}

extension FileDescription {
    /// What is wrong with a description.
    struct Nonsense: Error {
        let reason: String
    }

    /// The contents, if they can be those of a file of this size.
    /// - Throws: ``Nonsense``, or what is wrong with the model's configuration.
    func contents(file: String, fileSize: Int) throws -> FileContents {
        guard version == Self.currentVersion else {
            throw Nonsense(reason: "the reader is of another version of graft")
        }
        let stored = try self.arrays.map { try $0.checked(fileSize: fileSize) }
        try checkSums(of: layers.flatMap(\.arrays), stored, fileSize)
        try checkSums(of: groups.flatMap(\.arrays), stored, fileSize)
        func arrays(_ positions: [Int]) throws -> [StoredArray] {
            try positions.map { position in
                guard stored.indices.contains(position) else {
                    throw Nonsense(reason: "an array is not there")
                }
                return stored[position]
            }
        }
        return FileContents(
            format: format,
            layers: try layers.map { layer in
                StoredLayer(
                    name: layer.name, alias: layer.alias, path: layer.path, className: layer.className,
                    arrays: try arrays(layer.arrays))
            },
            groups: try groups.map { group in
                guard group.scopes.count == group.arrays.count else {
                    throw Nonsense(reason: "an array of '\(group.path)' has no scope")
                }
                return LegacyGroup(
                    name: group.name, path: group.path,
                    weights: zip(group.scopes, try arrays(group.arrays)).map { .init(scope: $0, array: $1) })
            },
            ignored: ignored, kerasVersion: kerasVersion, backend: backend,
            config: try config.map { try ModelConfig(json: $0, file: file) })
    }

    /// The most bytes of numbers that one byte of a file may stand for, all arrays together; each of them alone
    /// may be compressed better. Small files compress as they like.
    static let largestExpansion = 64

    /// Arrays that are the same bytes under many names would make little into much.
    private func checkSums(of positions: [Int], _ stored: [StoredArray], _ fileSize: Int) throws {
        let limit = 64 << 20 + min(fileSize, Int.max >> 8) * Self.largestExpansion
        var (sum, storedSum) = (0, 0)
        for position in positions where stored.indices.contains(position) {
            let (next, overflow) = sum.addingReportingOverflow(4 * stored[position].shape.elementCount)
            guard !overflow, next <= limit else {
                throw Nonsense(reason: "the arrays together claim more than \(limit) bytes")
            }
            let (nextStored, storedOverflow) = storedSum.addingReportingOverflow(stored[position].storedBytes)
            guard !storedOverflow else {
                throw Nonsense(reason: "the arrays together claim to be stored in more bytes than there are")
            }
            (sum, storedSum) = (next, nextStored)
        }
    }
}

extension FileDescription.Array {
    fileprivate func checked(fileSize: Int) throws -> StoredArray {
        func nonsense(_ reason: String) -> FileDescription.Nonsense { .init(reason: "'\(path)' \(reason)") }
        var count = 1
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: max(1, extent))
            guard extent >= 0, !overflow, product < 1 << 56 else { throw nonsense("has no possible shape") }
            count = product
        }
        guard storedBytes >= 0 else { throw nonsense("has no possible size") }
        if shape.contains(0) { count = 0 }
        if let offset {
            guard type == .float32, offset >= 0, fileSize >= 4 * count, offset <= fileSize - 4 * count else {
                throw nonsense("lies outside of the file")
            }
        }
        return StoredArray(
            name: name, path: path, shape: Shape(shape), storedType: type, storedBytes: storedBytes,
            address: address, offset: offset)
    }
}
