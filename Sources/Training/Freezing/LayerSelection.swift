import Layers
import Tensors
import Wording

/// Says which layers of a network are meant, in terms of its layer groups and its layers' names.
public enum LayerSelection: Sendable, Equatable {
    /// Every layer.
    case all
    /// No layer.
    case none
    /// The layers of the named groups.
    case groups([String])
    /// The layers whose names fit one of the patterns, whatever their groups; see `LayerPattern`.
    case matching([String])
    /// The layers from the input to the named group or layer, which is included. Where a group and a layer
    /// have one name, the group is meant.
    case through(String)
    /// The layers from the named group or layer, which is included, to the output.
    case from(String)

    /// The names of the layers that are meant.
    ///
    /// Layers have the order of the network's nodes, each after those it takes its inputs from; that is
    /// Keras's order of `model.layers`, but for layers that stand side by side.
    /// - Throws: ``LayerError`` where a name is none of the network's.
    public func layers(of network: Network) throws(LayerError) -> Set<String> {
        let nodes = network.nodes.dropFirst()
        switch self {
        case .all: return Set(nodes.map(\.name))
        case .none: return []
        case .groups(let names):
            for name in names where !network.groups.contains(name) {
                throw Self.unknownGroup(name, in: network)
            }
            return Set(nodes.filter { names.contains($0.group) }.map(\.name))
        case .matching(let patterns):
            var result: Set<String> = []
            for pattern in patterns.map(LayerPattern.init) {
                let names = nodes.map(\.name).filter(pattern.matches)
                guard !names.isEmpty else {
                    throw .nothingMatches(
                        pattern, network: network.name, nearest: pattern.nearest(among: nodes.map(\.name)),
                        groups: network.groups.filter(pattern.matches))
                }
                result.formUnion(names)
            }
            return result
        case .through(let name):
            return Set(network.nodes[1...(try Self.positions(of: name, in: network).last!)].map(\.name))
        case .from(let name):
            return Set(network.nodes[(try Self.positions(of: name, in: network).first!)...].map(\.name))
        }
    }

    /// Where a group's layers are, or a layer; never empty.
    private static func positions(of name: String, in network: Network) throws(LayerError) -> [Int] {
        let positions = network.nodes.indices.dropFirst()
        let ofGroup = positions.filter { network.nodes[$0].group == name }
        guard ofGroup.isEmpty else { return ofGroup }
        let ofLayer = positions.filter { network.nodes[$0].name == name }
        guard ofLayer.isEmpty else { return ofLayer }
        let known = network.groups + positions.map { network.nodes[$0].name }
        throw .unknownGroupOrLayer(
            name, network: network.name, nearest: nearestNames(to: name, among: Set(known)),
            groups: network.groups)
    }

    private static func unknownGroup(_ name: String, in network: Network) -> LayerError {
        if let node = network.nodes.dropFirst().first(where: { $0.name == name }) {
            return .layerForGroup(name, network: network.name, group: node.group)
        }
        return .unknownGroup(name, network: network.name, groups: network.groups)
    }
}
