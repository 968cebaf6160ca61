import Layers
import Tensors

/// One thing that keeps a file from fitting a network.
public enum ImportProblem: Sendable, Equatable {
    /// The file has no layer of the name.
    case missingLayer(String, className: String, nearest: [String])
    /// The file has several layers of the name.
    case ambiguousLayer(String, paths: [String])
    /// The layer has other arrays in the file.
    case arrays(layer: String, className: String, expected: [String], found: [String])
    /// An array has another shape in the file.
    case shape(layer: String, array: String, expected: Shape, found: Shape)

    /// The name of the network's layer.
    public var layer: String {
        switch self {
        case .missingLayer(let layer, _, _), .ambiguousLayer(let layer, _), .arrays(let layer, _, _, _),
            .shape(let layer, _, _, _):
            layer
        }
    }
}

extension ImportProblem: CustomStringConvertible {
    /// The problem as a part of a sentence.
    public var description: String {
        switch self {
        case .missingLayer(let layer, let className, let nearest):
            "layer '\(layer)' (\(className)): the file has no such layer"
                + (nearest.isEmpty
                    ? "" : "; it has \(nearest.map { "'\($0)'" }.joined(separator: ", "))")
        case .ambiguousLayer(let layer, let paths):
            "layer '\(layer)': the file has more than one ("
                + paths.map { "'\($0)'" }.joined(separator: ", ") + ")"
        case .arrays(let layer, let className, let expected, let found):
            "layer '\(layer)' (\(className)): expected \(expected.joined(separator: ", ")), found "
                + (found.isEmpty ? "no arrays" : found.joined(separator: ", "))
        case .shape(let layer, let array, let expected, let found):
            "layer '\(layer)': expected \(array) \(expected), found \(found)"
        }
    }
}
