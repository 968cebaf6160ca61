/// A value of a configuration while it is read: the node, where it is, and where to report what is wrong.
package struct Cursor {
    package let node: YAMLNode
    /// Where the value is in the configuration: `training.stages[0].epochs`.
    package let path: String
    package let problems: Problems

    /// A value that is read from here on.
    package init(node: YAMLNode, path: String, problems: Problems) {
        self.node = node
        self.path = path
        self.problems = problems
    }

    /// The last key of the path.
    package var key: String { path.split(separator: ".").last.map(String.init) ?? "" }

    /// The value of one of a mapping's keys.
    package func entry(_ key: String, _ value: YAMLNode) -> Cursor {
        Cursor(node: value, path: path.isEmpty ? key : "\(path).\(key)", problems: problems)
    }

    /// The elements of a list; nil if the value is none.
    package var elements: [Cursor]? {
        node.elements?.enumerated().map { index, element in
            Cursor(node: element, path: "\(path)[\(index)]", problems: problems)
        }
    }

    /// Reports a value of the wrong kind.
    package func reportWrongType(expected: String, hint: String? = nil) {
        problems.report(
            .wrongType(at: node.place, path: path, expected: expected, found: node.summary, hint: hint))
    }

    /// Reports a value of the right kind that is not possible.
    package func reportOutOfRange(expected: String, hint: String? = nil) {
        problems.report(
            .outOfRange(at: node.place, path: path, expected: expected, found: node.summary, hint: hint))
    }

    /// Reports a value that does not go together with another.
    package func reportContradiction(_ reason: String) {
        problems.report(.contradiction(at: node.place, path: path, reason: reason))
    }
}

/// Collects what is wrong with a configuration, so that all of it can be said at once.
package final class Problems {
    private var errors: [ConfigurationError] = []

    /// Nothing is wrong yet.
    package init() {}

    package func report(_ error: ConfigurationError) { errors.append(error) }

    /// Throws if anything was reported: in the file's order, the command line's last.
    package func throwIfAny() throws(ConfigurationError) {
        guard errors.count != 1 else { throw errors[0] }
        guard !errors.isEmpty else { return }
        // Reading follows the schema; `sorted` keeps that order where places are equal.
        throw .several(errors.sorted { $1.place.comes(after: $0.place) })
    }
}

extension ConfigurationError {
    fileprivate var place: ConfigurationPlace {
        switch self {
        case .syntax(let place, _), .unknownKey(let place, _, _, _), .missingKey(let place, _, _),
            .wrongType(let place, _, _, _, _), .outOfRange(let place, _, _, _, _),
            .contradiction(let place, _, _):
            place
        case .unreadable, .override, .emission, .several: .written
        }
    }
}
