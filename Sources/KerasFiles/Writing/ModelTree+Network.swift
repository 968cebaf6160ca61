import Layers

extension ModelTree {
    /// A model of a network's layers, without models in it.
    /// - Parameter frozen: the names of the layers that are not to be trained.
    init(_ network: Network, frozen: Set<String> = []) {
        let layers = network.layerPositions
        let order = network.kerasOrder
        let entryOf = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        let calls = Dictionary(grouping: network.nodes.indices, by: { layers[$0] })
        func source(_ position: Int) -> Source {
            let layer = layers[position]
            return Source(
                entry: entryOf[layer] ?? 0, call: calls[layer]?.firstIndex(of: position) ?? 0, output: 0)
        }
        let names = KerasNames(network.nodes.map(\.name))
        name = KerasNames.withoutSlash(network.name)
        (isSequential, isTrainable) = (false, true)
        entries = order.map { position in
            let node = network.nodes[position]
            return Entry(
                name: names[node.name], isTrainable: !frozen.contains(node.name),
                content: node.layer is InputLayer ? .input(node.outputShape) : .layer(node),
                calls: (calls[position] ?? []).map { network.nodes[$0].inputs.map(source) }
                    .filter { !$0.isEmpty }.map { Call(inputs: $0, training: nil) })
        }
        inputs = network.inputs.map(source)
        outputs = network.outputs.map(source)
    }
}

/// The names that layers have in a Keras file. Keras 3 refuses those with a slash.
struct KerasNames: Sendable {
    private let names: [String: String]

    /// - Parameter all: the layers of one model.
    init(_ all: [String]) {
        var used = Set(all)
        var names: [String: String] = [:]
        for name in all where name.contains("/") {
            var replaced = Self.withoutSlash(name)
            while !used.insert(replaced).inserted { replaced += "_" }
            names[name] = replaced
        }
        self.names = names
    }

    subscript(name: String) -> String { names[name] ?? name }

    static func withoutSlash(_ name: String) -> String { name.replacing("/", with: "_") }
}
