import Layers

extension Network {
    /// The positions of the layers in the order in which Keras lists a functional model's; of a shared layer,
    /// its first call's.
    ///
    /// Files without names can only be matched by this order, and Keras itself loads legacy files by it. It
    /// goes by a layer's greatest distance from the outputs, and among equal ones by when a depth-first search
    /// from the outputs comes to them (Keras, `map_graph` in `ops/function.py`). Layers that do not lead to an
    /// output are not in a Keras model; here they come last.
    var kerasOrder: [Int] {
        let layers = layerPositions
        let search = depthFirst(layers)
        // A call is as far away as the farthest call of its layer that was seen before, as in Keras.
        var callDistance = [Int](repeating: 0, count: nodes.count)
        var distance = callDistance
        for position in search.finished.reversed() {
            let layer = layers[position]
            let own = max(callDistance[position], distance[layer])
            distance[layer] = own
            for input in nodes[position].inputs { callDistance[input] = max(callDistance[input], own + 1) }
        }
        let all = nodes.indices.filter { layers[$0] == $0 }
        let connected = all.filter { search.found[$0] != nil }.sorted {
            (-distance[$0], search.found[$0]!) < (-distance[$1], search.found[$1]!)
        }
        // Keras puts inputs that lead nowhere behind all others.
        return connected + all.filter { search.found[$0] == nil }
    }

    /// When a depth-first search from the outputs comes to each layer, and in which order it leaves the nodes.
    private func depthFirst(_ layers: [Int]) -> (found: [Int?], finished: [Int]) {
        var found = [Int?](repeating: nil, count: nodes.count)
        var isSeen = [Bool](repeating: false, count: nodes.count)
        var finished: [Int] = []
        var count = 0
        for output in outputs where !isSeen[output] {
            var stack = [(position: output, next: 0)]
            while let (position, next) = stack.last {
                if next == 0 {
                    isSeen[position] = true
                    if found[layers[position]] == nil {
                        found[layers[position]] = count
                        count += 1
                    }
                }
                guard next < nodes[position].inputs.count else {
                    finished.append(position)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let input = nodes[position].inputs[next]
                if !isSeen[input] { stack.append((input, 0)) }
            }
        }
        return (found, finished)
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
