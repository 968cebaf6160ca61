import Tensors
import Wording

/// What can be wrong with a network when it is built or run.
public enum LayerError: Error, Equatable {
    /// A layer got more or fewer inputs than it takes.
    case inputCount(layer: String, className: String, expected: String, found: Int)
    /// A layer got an input of a shape that it cannot take.
    case inputShape(layer: String, className: String, expected: String, found: Shape)
    /// A hyper-parameter is out of range.
    case hyperparameter(layer: String, className: String, name: String, expected: String, found: String)
    /// Two layers have one name.
    case duplicateName(String)
    /// A layer was asked for that the network does not have.
    case unknownLayer(String, network: String, nearest: [String])
    /// A group was asked for that the network does not have.
    case unknownGroup(String, network: String, groups: [String])
    /// A layer group was asked for by the name of a layer.
    case layerForGroup(String, network: String, group: String)
    /// Neither a layer group nor a layer has the name.
    case unknownGroupOrLayer(String, network: String, nearest: [String], groups: [String])
    /// No layer's name fits a pattern.
    case nothingMatches(LayerPattern, network: String, nearest: [String], groups: [String] = [])
    /// An array is not there.
    case missingParameter(ParameterKey)
    /// An array has another shape than its layer needs.
    case parameterShape(ParameterKey, expected: Shape, found: Shape)
    /// The network was given an input of another shape.
    case networkInput(network: String, expected: Shape, found: Shape)
    /// A network with several inputs or outputs is used where only one of each can be.
    case ends(network: String, inputs: [String], outputs: [String])
    /// No output depends on a layer.
    case nothingBehind(layer: String, network: String)
}

extension LayerError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .inputCount(let layer, let className, let expected, let found):
            "layer '\(layer)' (\(className)): expected \(expected), found \(found)"
        case .inputShape(let layer, let className, let expected, let found):
            "layer '\(layer)' (\(className)): expected an input of shape \(expected), found \(found)"
        case .hyperparameter(let layer, let className, let name, let expected, let found):
            "layer '\(layer)' (\(className)): expected \(name) to be \(expected), found \(found)"
        case .duplicateName(let name):
            "two layers are called '\(name)'; a layer's name is the key of its weights and must be unique"
        case .unknownLayer(let name, let network, let nearest):
            "network '\(network)' has no layer '\(name)'" + Self.suggestion(nearest)
        case .unknownGroup(let name, let network, let groups):
            "network '\(network)' has no layer group '\(name)'; its groups are "
                + groups.joined(separator: ", ") + Self.suggestion(nearestNames(to: name, among: groups))
        case .layerForGroup(let name, let network, let group):
            "'\(name)' is not a layer group of network '\(network)' but a layer of its group '\(group)'; "
                + "for the layer alone, write {layers: \(name)}"
        case .unknownGroupOrLayer(let name, let network, let nearest, let groups):
            "network '\(network)' has no layer group or layer '\(name)'; its groups are "
                + groups.joined(separator: ", ") + Self.suggestion(nearest)
        case .nothingMatches(let pattern, let network, let nearest, let groups):
            "network '\(network)' has no layer whose name fits '\(pattern.text)'"
                + (groups.isEmpty
                    ? Self.suggestion(nearest)
                    : "; these are layer groups, which are written without 'layers': "
                        + "[\(groups.joined(separator: ", "))]")
        case .missingParameter(let key):
            "layer '\(key.layer)': its \(key.name) was never given a value"
        case .parameterShape(let key, let expected, let found):
            "layer '\(key.layer)': expected \(key.name) \(expected), found \(found)"
        case .networkInput(let network, let expected, let found):
            "network '\(network)': expected an input of shape \(expected), found \(found)"
        case .ends(let network, let inputs, let outputs):
            "network '\(network)': expected one input and one output, found "
                + "\(Self.list(inputs)) in and \(Self.list(outputs)) out"
        case .nothingBehind(let layer, let network):
            "network '\(network)': nothing that it gives out depends on layer '\(layer)'"
        }
    }

    private static func list(_ names: [String]) -> String {
        names.map { "'\($0)'" }.joined(separator: ", ")
    }

    /// Says that a network has several inputs or outputs.
    static func severalEnds(of network: Network) -> LayerError {
        .ends(
            network: network.name, inputs: network.inputs.map { network.nodes[$0].name },
            outputs: network.outputs.map { network.nodes[$0].name })
    }

    private static func suggestion(_ nearest: [String]) -> String {
        nearest.isEmpty
            ? "" : "; did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
    }
}
