import Layers

/// Finds the weights of a model's layers by the places that the same file's configuration gives them.
struct StructuralMatching {
    private let file: WeightsFile
    private let model: ModelDescription
    private let network: Network
    private let places: [String: LayerPlace]
    private let orders: [String: ArrayOrder]
    private let owners: ActivationOwners

    init(_ file: WeightsFile, _ model: ModelDescription, _ assembled: NetworkAssembly.Result) {
        self.file = file
        self.model = model
        network = assembled.network
        places = assembled.places
        orders = assembled.arrayOrders
        owners = ActivationOwners(assembled.places)
    }

    /// Every layer that has weights, with what the file has of it.
    /// - Throws: ``KerasFileError/mismatch(file:network:problems:hint:)`` with everything that does not fit.
    func pairs() throws -> [LayerMatching.Pair] {
        let stored = file.format == .kerasArchive ? byKey() : byGroup()
        var pairs: [LayerMatching.Pair] = []
        var problems: [ImportProblem] = []
        for node in network.nodes where !node.parameters.isEmpty {
            if let layer = stored[node.name] {
                pairs.append((node, layer))
                problems += ArrayMatching(node: node, layer: layer).ordered().problems
            } else {
                problems.append(.missingLayer(node.name, className: node.layer.className, nearest: []))
            }
        }
        guard problems.isEmpty else {
            throw KerasFileError.mismatch(
                file: file.path, network: network.name, problems: problems, hint: nil)
        }
        return pairs
    }

    /// Keras 3: groups called by classes and counters, in the model's tree; early versions used names.
    private func byKey() -> [String: StoredLayer] {
        let stored = Dictionary(
            file.layers.map { ($0.keys, $0) }, uniquingKeysWith: { first, _ in first })
        return Dictionary(
            uniqueKeysWithValues: places.compactMap { name, place in
                (stored[place.keys] ?? stored[place.names]).map { (name, ordered($0, name)) }
            })
    }

    /// A layer with its arrays in the network's order.
    private func ordered(_ layer: StoredLayer, _ name: String) -> StoredLayer {
        orders[name]?.applied(to: layer) ?? layer
    }

    /// Before Keras 3: a group for each layer of the outermost model, with all weights of what is in it.
    private func byGroup() -> [String: StoredLayer] {
        var result: [String: StoredLayer] = [:]
        for group in file.groups {
            let nodes = network.nodes.filter {
                !$0.parameters.isEmpty && owners.ownerOrSelf(of: $0.name)?.first == group.name
            }
            if nodes.count == 1, places[nodes[0].name]?.names.count == 1 {
                result[nodes[0].name] = layer(nodes[0], group, group.weights.map(\.array))
            } else {
                result.merge(byScope(nodes, in: group) ?? byOrder(nodes, in: group)) { $1 }
            }
        }
        return result
    }

    /// The layers of a model by the names in front of their arrays' names, if these tell all of them.
    private func byScope(_ nodes: [Network.Node], in group: LegacyGroup) -> [String: StoredLayer]? {
        let scopes = Dictionary(grouping: group.weights) {
            $0.scope.split(separator: "/").last.map(String.init)
        }
        var result: [String: StoredLayer] = [:]
        var used: Set<String> = []
        for node in nodes {
            guard let name = places[node.name]?.names.last, used.insert(name).inserted,
                let weights = scopes[name]
            else { return nil }
            let layer = layer(node, group, weights.map(\.array))
            guard ArrayMatching(node: node, layer: layer).fits else { return nil }
            result[node.name] = layer
        }
        return result
    }

    /// The layers of a model by the order in which Keras takes their arrays: first what is trained.
    private func byOrder(_ nodes: [Network.Node], in group: LegacyGroup) -> [String: StoredLayer] {
        let own = nodes.filter { owners[$0.name] == nil }
        let activations = Dictionary(grouping: nodes.filter { owners[$0.name] != nil }) { owners[$0.name]! }
        let nodes = Dictionary(
            own.compactMap { node in places[node.name].map { ($0.names, node) } },
            uniquingKeysWith: { first, _ in first })
        guard let top = model.layers.first(where: { $0.name == group.name }) else { return [:] }
        let order = LegacyOrder(nodes: nodes, activations: activations).arrays(of: top, at: [])
        let expected = order.trained + order.others
        guard expected.count == group.weights.count else {
            // Keras 3 has no arrays of activations before a model is first called.
            return activations.isEmpty ? [:] : byOrder(own, in: group)
        }
        // Each layer's arrays in the layer's own order.
        let found = Dictionary(uniqueKeysWithValues: zip(expected, group.weights.map(\.array)))
        var result: [String: StoredLayer] = [:]
        for node in Array(nodes.values) + activations.values.joined() {
            result[node.name] = layer(node, group, node.parameterKeys.compactMap { found[$0] })
        }
        return result
    }

    private func layer(_ node: Network.Node, _ group: LegacyGroup, _ arrays: [StoredArray]) -> StoredLayer {
        let names = places[node.name]?.names ?? [group.name]
        let layer = StoredLayer(
            name: names.last ?? node.name, alias: nil,
            path: ([group.path] + names.dropFirst()).joined(separator: "/"),
            className: node.layer.className, arrays: arrays)
        return ordered(layer, node.name)
    }
}

/// The order of `model.trainable_weights + model.non_trainable_weights` in Keras.
private struct LegacyOrder {
    /// The layers with weights, by their places.
    let nodes: [[String]: Network.Node]
    /// The layers with weights that are others' activations, by the places of those others.
    let activations: [[String]: [Network.Node]]

    func arrays(
        of layer: LayerDescription, at path: [String]
    ) -> (trained: [ParameterKey], others: [ParameterKey]) {
        let path = path + [layer.name]
        if let model = layer.model {
            let inner = model.layers.map { arrays(of: $0, at: path) }
            if model.isTrainable { return (inner.flatMap(\.trained), inner.flatMap(\.others)) }
            return ([], inner.flatMap { $0.trained + $0.others })
        }
        let nodes = (nodes[path].map { [$0] } ?? []) + activations[path, default: []]
        guard layer.isTrainable else { return ([], nodes.flatMap(\.parameterKeys)) }
        let keys = nodes.flatMap { zip($0.parameterKeys, $0.parameters) }
        return (keys.filter(\.1.isTrainable).map(\.0), keys.filter { !$0.1.isTrainable }.map(\.0))
    }
}
