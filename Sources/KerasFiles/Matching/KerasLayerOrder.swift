import Layers

extension Network {
    /// The positions of the nodes in the order in which Keras lists a functional model's layers.
    ///
    /// Files without names can only be matched by this order, and Keras itself loads legacy files by it. It
    /// goes by a layer's greatest distance from the output, and among equal ones by when a depth-first search
    /// from the output comes to them (Keras, `map_graph` in `ops/function.py`). Layers that do not lead to the
    /// output are not in a Keras model; here they come last.
    var kerasOrder: [Int] {
        var distance = [Int](repeating: 0, count: nodes.count)
        let found = depthFirst()
        for position in nodes.indices.reversed() where found[position] != nil {
            for input in nodes[position].inputs {
                distance[input] = max(distance[input], distance[position] + 1)
            }
        }
        let connected = nodes.indices.filter { found[$0] != nil }.sorted {
            (-distance[$0], found[$0]!) < (-distance[$1], found[$1]!)
        }
        return connected + nodes.indices.filter { found[$0] == nil }
    }

    /// When a depth-first search from the output comes to each node.
    private func depthFirst() -> [Int?] {
        var found = [Int?](repeating: nil, count: nodes.count)
        var stack = [output]
        var count = 0
        while let position = stack.popLast() {
            guard found[position] == nil else { continue }
            found[position] = count
            count += 1
            stack += nodes[position].inputs.reversed()
        }
        return found
    }

    /// The nodes in Keras's order, with the names that Keras 3 gives them in a file: class and counter.
    var countedNodes: [(node: Node, key: String)] {
        var used: [String: Int] = [:]
        return kerasOrder.map { position in
            let stem = CountedName.snakeCase(nodes[position].layer.className)
            let count = used[stem, default: 0]
            used[stem] = count + 1
            return (nodes[position], count == 0 ? stem : "\(stem)_\(count)")
        }
    }
}
