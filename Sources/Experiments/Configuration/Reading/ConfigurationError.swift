/// What can be wrong with an experiment's configuration.
///
/// `path` is where the value is in the configuration: `training.stages[0].epochs`; empty for the whole.
public indirect enum ConfigurationError: Error, Equatable {
    /// The file cannot be read.
    case unreadable(file: String, reason: String)
    /// The text is not YAML, or YAML that is not supported.
    case syntax(at: ConfigurationPlace, reason: String)
    /// There is no such key.
    case unknownKey(at: ConfigurationPlace, path: String, nearest: [String], known: [String])
    /// A key is not there that must be.
    case missingKey(at: ConfigurationPlace, path: String, expected: String)
    /// A value is of another kind than expected.
    case wrongType(
        at: ConfigurationPlace, path: String, expected: String, found: String, hint: String? = nil)
    /// A value is of the expected kind, but too small, too large or none of those that are known.
    case outOfRange(
        at: ConfigurationPlace, path: String, expected: String, found: String, hint: String? = nil)
    /// A value contradicts another one.
    case contradiction(at: ConfigurationPlace, path: String, reason: String)
    /// An override, the text after `--set`, does not say what is set to what.
    case override(String, reason: String)
    /// A configuration cannot be written as YAML.
    case emission(String)
    /// Everything that is wrong with a configuration, in the order of its keys.
    case several([ConfigurationError])
}

extension ConfigurationError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act; a line for each of several.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): \(reason)"
        case .syntax(let place, let reason): "\(place): \(reason)"
        case .unknownKey(let place, let path, let nearest, let known):
            "\(place): \(path): unknown key; " + suggestion(nearest, known)
        case .missingKey(let place, let path, let expected):
            "\(place): \(path): missing; expected \(expected)"
        case .wrongType(let place, let path, let expected, let found, let hint),
            .outOfRange(let place, let path, let expected, let found, let hint):
            "\(place): \(path.isEmpty ? "" : "\(path): ")expected \(expected), found \(found)"
                + (hint.map { "; \($0)" } ?? "")
        case .contradiction(let place, let path, let reason): "\(place): \(path): \(reason)"
        case .override(let text, let reason): "--set \(text): \(reason)"
        case .emission(let reason): "configuration: cannot be written as YAML: \(reason)"
        case .several(let errors): errors.map(\.description).joined(separator: "\n")
        }
    }

    private func suggestion(_ nearest: [String], _ known: [String]) -> String {
        nearest.isEmpty
            ? "the keys known here are \(known.joined(separator: ", "))"
            : "did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
    }
}
