import Foundation
import Wording

extension ExperimentConfiguration {
    /// How many bytes a configuration may have; anything larger is some other file.
    static let sizeLimit = 1 << 20

    /// Reads an experiment's YAML file.
    /// - Parameters:
    ///   - path: the file.
    ///   - overrides: values that replace the file's or add to them, as `key.key.index=value`: the keys as
    ///     in the file, list elements counted from 0, the value in YAML. Later ones win.
    /// - Throws: ``ConfigurationError``; everything that is wrong, at once.
    public static func load(path: String, overrides: [String] = []) throws(ConfigurationError) -> Self {
        try parse(contents(of: path), file: path, overrides: overrides)
    }

    /// Reads an experiment's YAML text.
    /// - Parameters:
    ///   - yaml: the text.
    ///   - file: what errors call it.
    ///   - overrides: see ``load(path:overrides:)``.
    /// - Throws: ``ConfigurationError``; everything that is wrong, at once.
    public static func parse(
        _ yaml: String, file: String = "configuration", overrides: [String] = []
    ) throws(ConfigurationError) -> Self {
        try parse(Array(yaml.utf8), file: file, overrides: overrides)
    }

    /// The experiment as YAML, with every default written out; it reads back as an equal experiment.
    /// - Throws: ``ConfigurationError/emission(_:)``
    public func yaml() throws(ConfigurationError) -> String { try node.yaml() }

    private static func parse(
        _ bytes: [UInt8], file: String, overrides: [String]
    ) throws(ConfigurationError) -> Self {
        var document = try YAMLComposer.compose(bytes) { .file(file, line: $0, column: $1) }
        for text in overrides { document = try Override(text).applied(to: document) }
        return try read(document)
    }

    /// Reads an experiment from a document that is composed already.
    /// - Throws: ``ConfigurationError``; everything that is wrong, at once.
    package static func read(_ document: YAMLNode) throws(ConfigurationError) -> Self {
        let problems = Problems()
        let field = Field<Self>.section
        let result = field.read(Cursor(node: document, path: "", problems: problems))
        try problems.throwIfAny()
        return result ?? field.placeholder()
    }

    /// The document that a file holds.
    /// - Throws: ``ConfigurationError``
    package static func document(path: String) throws(ConfigurationError) -> YAMLNode {
        try YAMLComposer.compose(contents(of: path)) { .file(path, line: $0, column: $1) }
    }

    private static func contents(of path: String) throws(ConfigurationError) -> [UInt8] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .unreadable(file: path, reason: "there is no such file")
        }
        guard !isFolder.boolValue else {
            throw .unreadable(file: path, reason: "is a folder; expected a YAML file")
        }
        let data: Data?
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            data = try file.read(upToCount: sizeLimit + 1)
        } catch {
            throw .unreadable(file: path, reason: "cannot be read: \(reason(of: error))")
        }
        guard (data?.count ?? 0) <= sizeLimit else {
            throw .unreadable(file: path, reason: "has more than \(sizeLimit) bytes; expected a YAML file")
        }
        return Array(data ?? Data())
    }
}
