/// What can be wrong with ``ImportOptions`` for a file and a network.
public enum ImportOptionProblem: Sendable, Equatable {
    /// A pattern of `only` or `except` stands for no layer.
    case pattern(String, option: String, network: String, nearest: [String])
    /// `rename` speaks of a layer that the file does not have.
    case fileLayer(String, nearest: [String])
    /// `rename` speaks of a layer that is not the network's.
    case networkLayer(String, for: String, network: String, nearest: [String])
    /// Several layers of the file are to become one.
    case sameTarget(String, [String])
    /// The order leaves names without a meaning.
    case renameByOrder
    /// `only` and `except` leave no layer.
    case nothingLeft
}

extension ImportOptionProblem: CustomStringConvertible {
    /// The problem as a part of a sentence.
    public var description: String {
        switch self {
        case .pattern(let pattern, let option, let network, let nearest):
            "\(option) '\(pattern)': expected a layer with weights, or a layer group, of network "
                + "'\(network)', found none" + Self.suggestion(nearest)
        case .fileLayer(let name, let nearest):
            "rename '\(name)': the file has no such layer with weights" + Self.suggestion(nearest)
        case .networkLayer(let name, let stored, let network, let nearest):
            "rename '\(stored)': network '\(network)' has no layer '\(name)' that takes weights"
                + Self.suggestion(nearest)
        case .sameTarget(let name, let stored):
            "rename: expected one layer of the file for '\(name)', found "
                + stored.map { "'\($0)'" }.joined(separator: " and ")
        case .renameByOrder: "rename has no meaning where layers are matched by their order"
        case .nothingLeft: "'only' and 'except' together leave no layer to import"
        }
    }

    private static func suggestion(_ nearest: [String]) -> String {
        nearest.isEmpty
            ? "" : "; did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
    }
}
