import Layers
import Tensors

extension ModelTree {
    /// The model of a file, with the models that were in it.
    /// - Parameters:
    ///   - network: the same model flat.
    ///   - places: where each of its layers is.
    /// - Returns: nil where the network has other layers than the model, beside permutations that the order of
    ///   channels asks for in every call of a layer.
    init?(_ model: ModelDescription, _ network: Network, places: [String: LayerPlace], file: String) {
        var nodes: [[String]: Network.Node] = [:]
        var permutations: [[String]: [Network.Node?]] = [:]
        for node in network.nodes {
            guard let place = places[node.name]?.names else {
                guard node.layer is Permute else { return nil }
                continue
            }
            let inserted = node.inputs.map { input in
                places[network.nodes[input].name] == nil ? network.nodes[input] : nil
            }
            // Further calls of a layer are in the same place.
            guard let first = nodes[place] else {
                (nodes[place], permutations[place]) = (node, inserted)
                continue
            }
            guard inserted.map({ $0 == nil }) == permutations[place]?.map({ $0 == nil }) else { return nil }
            let isConverted = places.count < network.nodes.count
            guard !isConverted || first.inputShapes == node.inputShapes else { return nil }
        }
        let followers = Self.followers(network, places)
        var reading = TreeReading(
            file: file, nodes: nodes, permutations: permutations, followers: followers)
        let shapes = network.inputs.map { network.nodes[$0].outputShape }
        guard let tree = try? reading.tree(model, at: [], inputShapes: shapes), reading.unused.isEmpty else {
            return nil
        }
        self = tree
    }

    /// The layers that others' activations have become, by the places of those others.
    private static func followers(
        _ network: Network, _ places: [String: LayerPlace]
    ) -> [[String]: [LayerPlace]] {
        let layers = network.nodes.compactMap { places[$0.name] }
        let names = Dictionary(layers.map { ($0.keys, $0.names) }, uniquingKeysWith: { first, _ in first })
        var followers: [[String]: [LayerPlace]] = [:]
        // An input has no key; a layer with one is no part of it.
        for place in layers where place.keys.last == "activation" && place.keys.count > 1 {
            guard let owner = names[place.keys.dropLast()], followers[owner]?.contains(place) != true else {
                continue
            }
            followers[owner, default: []].append(place)
        }
        return followers
    }
}

/// Makes the tree of a model's description.
private struct TreeReading {
    /// That a model cannot be written as it was.
    struct Failure: Error {}

    let file: String
    let nodes: [[String]: Network.Node]
    /// What was put in front of each layer's inputs.
    let permutations: [[String]: [Network.Node?]]
    /// What a layer's activation has become.
    let followers: [[String]: [LayerPlace]]
    /// The layers that were not come to.
    private(set) var unused: Set<[String]>

    init(
        file: String, nodes: [[String]: Network.Node], permutations: [[String]: [Network.Node?]],
        followers: [[String]: [LayerPlace]]
    ) {
        self.file = file
        self.nodes = nodes
        self.permutations = permutations
        self.followers = followers
        unused = Set(nodes.keys)
    }

    mutating func tree(
        _ model: ModelDescription, at path: [String], inputShapes: [Shape]
    ) throws -> ModelTree {
        let graph = try CallGraph(model, file: file)
        let inputs = try model.inputs.map { graph.calls[try graph.position(of: $0)].layer }
        let outputs = try model.outputs.map {
            (try graph.position(of: $0, isOutput: true), $0.output)
        }
        let order = Self.order(graph, outputs: outputs.map(\.0), inputs: inputs)
        let entryOf = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        let used = try graph.used(for: model)
        let calls = Dictionary(
            grouping: graph.calls.indices.filter { call in
                let layer = graph.calls[call].layer
                return used.contains(call) || model.layers[layer].model == nil
            }, by: { graph.calls[$0].layer })
        func source(_ call: Int, _ output: Int) throws -> ModelTree.Source {
            let layer = graph.calls[call].layer
            guard let entry = entryOf[layer], let number = calls[layer]?.firstIndex(of: call) else {
                throw Failure()
            }
            return ModelTree.Source(entry: entry, call: number, output: output)
        }
        let names = KerasNames(model.layers.map(\.name))
        // Shapes of nested models' inputs are those of their first calls, which come before in a sorted graph.
        var contents: [Int: ModelTree.Content] = [:]
        for (input, shape) in zip(inputs, inputShapes) {
            contents[input] = .input(shape)
            unused.remove(path + [model.layers[input].name])
        }
        func shape(_ call: Int, _ output: Int) throws -> Shape {
            switch contents[graph.calls[call].layer] {
            case .input(let shape)?: return shape
            case .layer(let node)?:
                let place = path + [model.layers[graph.calls[call].layer].name]
                return followers[place]?.last.flatMap { nodes[$0.names] }?.outputShape ?? node.outputShape
            case .model(let inner)? where inner.outputs.indices.contains(output):
                return inner.shape(of: inner.outputs[output])
            default: throw Failure()
            }
        }
        for position in graph.order {
            let call = graph.calls[position]
            guard contents[call.layer] == nil, entryOf[call.layer] != nil else { continue }
            let layer = model.layers[call.layer]
            let place = path + [layer.name]
            if let inner = layer.model {
                let shapes = try call.inputs.map { try shape($0.call, $0.output) }
                contents[call.layer] = .model(try tree(inner, at: place, inputShapes: shapes))
            } else {
                guard let node = nodes[place] else { throw Failure() }
                unused.remove(place)
                for follower in followers[place] ?? [] { unused.remove(follower.names) }
                contents[call.layer] = .layer(node)
            }
        }
        var insertion = EntryInsertion(count: order.count)
        let entries = try order.enumerated().map { position, index -> ModelTree.Entry in
            let layer = model.layers[index]
            let inserted = permutations[path + [layer.name]] ?? []
            guard let content = contents[index] else { throw Failure() }
            let calls = (calls[index] ?? []).map { graph.calls[$0] }.filter { !$0.inputs.isEmpty }
            let behind = (followers[path + [layer.name]] ?? []).compactMap { place in
                nodes[place.names].map { ($0, permutations[place.names]?.first ?? nil) }
            }
            // Which call a permutation belongs to is known where there is one.
            guard calls.count == 1 || (inserted + behind.map(\.1)).allSatisfy({ $0 == nil }) else {
                throw Failure()
            }
            if !behind.isEmpty {
                insertion.add(
                    behind, behind: position, callCount: calls.count, isTrainable: layer.isTrainable)
            }
            return ModelTree.Entry(
                name: names[layer.name], isTrainable: layer.model?.isTrainable ?? layer.isTrainable,
                content: content,
                calls: try calls.map { call in
                    ModelTree.Call(
                        inputs: try call.inputs.enumerated().map { number, input in
                            let source = try source(input.call, input.output)
                            guard inserted.indices.contains(number), let node = inserted[number] else {
                                return source
                            }
                            return insertion.add(node, behind: source, before: position)
                        },
                        training: call.description.arguments["training"]?.bool)
                })
        }
        return insertion.applied(
            to: ModelTree(
                name: KerasNames.withoutSlash(model.name), isSequential: model.className == "Sequential",
                isTrainable: model.isTrainable, entries: entries,
                inputs: inputs.map { ModelTree.Source(entry: entryOf[$0] ?? 0, call: 0, output: 0) },
                outputs: try outputs.map(source)))
    }

    /// The layers in the order in which Keras lists them, without those that lead nowhere.
    private static func order(_ graph: CallGraph, outputs: [Int], inputs: [Int]) -> [Int] {
        var first: [Int: Int] = [:]
        for (position, call) in graph.calls.enumerated() where first[call.layer] == nil {
            first[call.layer] = position
        }
        let order = KerasLayerOrder(
            inputs: graph.calls.map { $0.inputs.map(\.call) },
            layers: graph.calls.map { first[$0.layer] ?? 0 }, outputs: outputs)
        let loose = Set(order.loose.map { graph.calls[$0].layer }).subtracting(inputs)
        return order.positions.map { graph.calls[$0].layer }.filter { !loose.contains($0) }
    }
}
