/// What is wrong with a value of a configuration that shows only beside the pictures or the network.
public struct SettingError: Error, CustomStringConvertible {
    /// Where the value is in the configuration: `training.stages[0].freeze`.
    public let path: String
    /// What is wrong.
    public let cause: any Error
    /// Where the value was given; nil where that is not known.
    public private(set) var place: ConfigurationPlace?

    init(_ path: String, _ cause: any Error) {
        self.path = path
        self.cause = cause
    }

    /// The error as a sentence for the person who has to act.
    public var description: String { (place.map { "\($0): " } ?? "") + "\(path): \(cause)" }

    /// The error with the place in a file, or on the command line, that the value was given at.
    public func placed(inFile file: String, overrides: [String] = []) -> SettingError {
        guard var document = try? ExperimentConfiguration.document(path: file) else { return self }
        for text in overrides {
            guard let changed = try? Override(text).applied(to: document) else { return self }
            document = changed
        }
        var result = self
        result.place = document.place(ofPath: path)
        return result
    }
}

/// Does what depends on a value of a configuration.
/// - Throws: ``SettingError`` for what `body` throws.
func setting<Result>(_ path: String, _ body: () throws -> Result) throws(SettingError) -> Result {
    do { return try body() } catch { throw SettingError(path, error) }
}

extension YAMLNode {
    /// Where a value is, or what comes nearest to it on its path.
    fileprivate func place(ofPath path: String) -> ConfigurationPlace {
        var node = self
        for part in path.replacing("[", with: ".").replacing("]", with: "").split(separator: ".") {
            let next: YAMLNode?
            if let elements = node.elements {
                next = Int(part).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            } else {
                next = node[String(part)]
            }
            guard let next else { break }
            node = next
        }
        return node.place
    }
}
