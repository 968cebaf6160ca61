/// Opens a file in this process and finds out what is in it.
struct FileReader {
    /// The root of the HDF5 file.
    let root: HDF5Group
    private let contents: FileContents
    /// Where the HDF5 file begins in the file; nil if it is packed.
    private let start: Int?

    /// - Throws: ``KerasFileError``
    init(_ path: String) throws {
        if try KerasArchive.recognizes(path) {
            let archive = try KerasArchive(path)
            (root, start) = (archive.weights, archive.weightsStart)
            var contents = try Keras3Reader(root).contents()
            (contents.format, contents.config) = (.kerasArchive, archive.config)
            self.contents = try contents.filled(
                kerasVersion: archive.kerasVersion ?? root.string("keras_version"),
                backend: root.string("backend"))
        } else {
            (root, start) = (try HDF5Group(openFile: path), 0)
            let contents = try Self.contents(of: root, path)
            self.contents = try contents.filled(
                kerasVersion: root.string("keras_version"), backend: root.string("backend"))
        }
    }

    /// What is in the file.
    func description() -> FileDescription { FileDescription(contents, start: start) }

    private static func contents(of root: HDF5Group, _ path: String) throws -> FileContents {
        if try LegacyReader.recognizes(root) { return try LegacyReader(root).contents() }
        if try root.has("model_weights") {
            let config = try root.string("model_config").map { try ModelConfig(json: $0, file: path) }
            var contents = try LegacyReader(root.group("model_weights"), config: config).contents()
            (contents.format, contents.config) = (.legacyModel, config)
            if try root.has("optimizer_weights") { contents.ignored.append("/optimizer_weights") }
            return contents
        }
        if try Keras3Reader.recognizes(root) { return try Keras3Reader(root).contents() }
        throw KerasFileError.noWeights(file: path, found: try root.memberNames())
    }
}

/// What a reader found.
struct FileContents {
    var format: WeightsFile.Format
    var layers: [StoredLayer] = []
    var groups: [LegacyGroup] = []
    var ignored: [String] = []
    var kerasVersion: String?
    var backend: String?
    /// What the file says of the model, if it has more than weights.
    var config: ModelConfig?

    /// The same with what the root says, where the weights' own group says nothing.
    fileprivate func filled(kerasVersion: String?, backend: String?) -> FileContents {
        var contents = self
        contents.kerasVersion = self.kerasVersion ?? kerasVersion
        contents.backend = self.backend ?? backend
        return contents
    }
}
