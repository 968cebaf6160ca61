import Layers

/// Says which layers of a network are meant, in terms of its layer groups.
public enum LayerSelection: Sendable, Equatable {
    /// Every layer.
    case all
    /// No layer.
    case none
    /// The layers of the named groups.
    case groups([String])
    /// The layers from the input to the named group, which is included.
    case through(String)
    /// The layers from the named group, which is included, to the output.
    case from(String)

    /// The names of the layers that are meant.
    /// - Throws: ``LayerError/unknownGroup(_:network:groups:)``
    public func layers(of network: Network) throws(LayerError) -> Set<String> {
        let groups = Set(try groups(of: network))
        return Set(network.nodes.dropFirst().filter { groups.contains($0.group) }.map(\.name))
    }

    /// The names of the groups that are meant, in the network's order.
    /// - Throws: ``LayerError/unknownGroup(_:network:groups:)``
    public func groups(of network: Network) throws(LayerError) -> [String] {
        let all = network.groups
        func position(_ group: String) throws(LayerError) -> Int {
            guard let position = all.firstIndex(of: group) else {
                throw .unknownGroup(group, network: network.name, groups: all)
            }
            return position
        }
        switch self {
        case .all: return all
        case .none: return []
        case .groups(let names):
            var positions: Set<Int> = []
            for name in names { positions.insert(try position(name)) }
            return positions.sorted().map { all[$0] }
        case .through(let name): return Array(all[...(try position(name))])
        case .from(let name): return Array(all[(try position(name))...])
        }
    }
}
