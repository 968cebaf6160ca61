extension Network {
    /// The part of the network that ends with the named layer.
    ///
    /// Of a shared layer whose first call is cut off, the first call that is left takes the layer's name.
    /// - Throws: ``LayerError/unknownLayer(_:network:nearest:)``
    public func until(_ layer: String) throws(LayerError) -> Network {
        let end = try position(of: layer)
        return part(outputs: [end], inputs: inputs.count == 1 ? inputs : [])
    }

    /// The part of the network that leads to some layers, whose outputs are the part's, in the given order.
    /// - Throws: ``LayerError/unknownLayer(_:network:nearest:)``
    public func giving(_ layers: [String]) throws(LayerError) -> Network {
        let ends = try layers.map { layer throws(LayerError) in try position(of: layer) }
        return part(outputs: ends, inputs: inputs)
    }

    /// The network without the layers that lead to no output; its inputs stay.
    public func withoutLooseEnds() -> Network { part(outputs: outputs, inputs: inputs) }

    /// The position of the layer that each node calls: its own, or that of a shared layer's first call.
    public var layerPositions: [Int] {
        var first: [String: Int] = [:]
        return nodes.enumerated().map { position, node in
            guard let shared = node.layer as? SharedLayer else {
                first[node.name] = position
                return position
            }
            return first[shared.layer.name] ?? position
        }
    }

    /// The layers that lead to some of them, and some inputs even if they do not.
    func part(outputs: [Int], inputs kept: [Int]) -> Network {
        var needed = Set(outputs + kept)
        for index in nodes.indices.reversed() where needed.contains(index) {
            needed.formUnion(nodes[index].inputs)
        }
        let kept = nodes.indices.filter(needed.contains)
        let renumbered = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
        var owners = Set(kept.map { nodes[$0].name })
        let cut = kept.map { index in
            nodes[index].reading(nodes[index].inputs.map { renumbered[$0]! }, besides: &owners)
        }
        return Network(
            name: name, nodes: cut, inputs: inputs.compactMap { renumbered[$0] },
            outputs: outputs.map { renumbered[$0]! })
    }
}

extension Network.Node {
    /// The node among others, with inputs at other positions. The first call of a shared layer that is not among them
    /// has the layer's name and arrays.
    /// - Parameter owners: the names of those that have arrays of their own.
    func reading(_ inputs: [Int], besides owners: inout Set<String>) -> Network.Node {
        let shared = (layer as? SharedLayer).flatMap { owners.insert($0.layer.name).inserted ? $0 : nil }
        return Network.Node(
            layer: shared?.layer ?? layer, inputs: inputs, inputShapes: inputShapes, outputShape: outputShape,
            parameters: shared?.arrays ?? parameters, group: group)
    }
}
