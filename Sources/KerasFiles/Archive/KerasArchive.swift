import Foundation

/// A `.keras` file: a zip archive of the model's configuration as JSON and its weights as HDF5.
///
/// Nothing is unpacked to the disk: the weights are read into memory and opened there.
struct KerasArchive {
    /// What the file says of the model.
    let config: ModelConfig
    /// The root of the weights.
    let weights: HDF5Group
    /// Where in the archive the weights lie as they are; nil if they are packed.
    let weightsStart: Int?
    /// The version of Keras that wrote the file.
    let kerasVersion: String?

    /// Whether a file begins as a zip archive does, and claims by its entries or its name to be a model.
    static func recognizes(_ path: String) throws -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let start = try? file.read(upToCount: 4)
        return start == Data([0x50, 0x4B, 3, 4]) || start == Data([0x50, 0x4B, 5, 6])
    }

    /// Opens an archive.
    /// - Throws: ``KerasFileError``
    init(_ path: String) throws {
        let archive = try ZipArchive(path)
        func entry(_ name: String, limit: Int) throws -> ZipArchive.Entry {
            guard let entry = archive.entry(name) else {
                throw KerasFileError.archive(
                    file: path, entry: nil, reason: "has no '\(name)', which every Keras model has")
            }
            guard entry.byteCount <= limit else {
                throw KerasFileError.archive(
                    file: path, entry: name, reason: "has \(entry.byteCount) bytes, more than any model needs"
                )
            }
            return entry
        }
        let text = try archive.bytes(of: entry("config.json", limit: ModelConfig.longestText))
        guard let json = String(validating: text, as: UTF8.self) else {
            throw KerasFileError.archive(file: path, entry: "config.json", reason: "is not UTF-8")
        }
        config = try ModelConfig(json: json, file: path)
        kerasVersion = try archive.entry("metadata.json").flatMap { _ in
            let text = try archive.bytes(of: entry("metadata.json", limit: 1 << 16))
            return (try? JSONParser.parse(text))?["keras_version"]?.string
        }
        let stored = try entry("model.weights.h5", limit: Int.max)
        var start: Int?
        guard
            let image = try HDF5Image(
                byteCount: stored.byteCount,
                fill: {
                    try archive.read(stored, into: $0)
                    start = try FileBytes(path).firstOffset(of: UnsafeRawBufferPointer($0))
                })
        else {
            throw KerasFileError.archive(
                file: path, entry: stored.name,
                reason: "has \(stored.byteCount) bytes, more than there is memory")
        }
        weightsStart = start
        weights = try HDF5Group(image: image, named: path)
    }
}
