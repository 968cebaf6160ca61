import Layers

/// The order in which Keras lists the layers of a functional model.
///
/// Files without names can only be matched by this order, and Keras itself loads legacy files by it. It goes by a
/// layer's greatest distance from the outputs, and among equal ones by when a depth-first search from the outputs
/// comes to them (Keras, `map_graph` in `ops/function.py`). Layers that do not lead to an output are not in a Keras
/// model; here they come last.
struct KerasLayerOrder {
    /// The positions of layers; of a shared one, of its first call.
    let positions: [Int]
    /// Those of them that lead to no output. Keras puts inputs of this kind behind all others.
    let loose: [Int]

    /// - Parameters:
    ///   - inputs: of each call of a layer, the positions of the calls that it takes its inputs from.
    ///   - layers: of each call, the position of the layer's first one.
    ///   - outputs: the positions of the calls that make the outputs.
    init(inputs: [[Int]], layers: [Int], outputs: [Int]) {
        let search = Self.depthFirst(inputs, layers, from: outputs)
        // A call is as far away as the farthest call of its layer that was seen before, as in Keras.
        var callDistance = [Int](repeating: 0, count: inputs.count)
        var distance = callDistance
        for position in search.finished.reversed() {
            let layer = layers[position]
            let own = max(callDistance[position], distance[layer])
            distance[layer] = own
            for input in inputs[position] { callDistance[input] = max(callDistance[input], own + 1) }
        }
        let all = inputs.indices.filter { layers[$0] == $0 }
        let connected = all.filter { search.found[$0] != nil }.sorted {
            (-distance[$0], search.found[$0]!) < (-distance[$1], search.found[$1]!)
        }
        loose = all.filter { search.found[$0] == nil }
        positions = connected + loose
    }

    /// When a depth-first search from the outputs comes to each layer, and in which order it leaves the calls.
    private static func depthFirst(
        _ inputs: [[Int]], _ layers: [Int], from outputs: [Int]
    ) -> (found: [Int?], finished: [Int]) {
        var found = [Int?](repeating: nil, count: inputs.count)
        var isSeen = [Bool](repeating: false, count: inputs.count)
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
                guard next < inputs[position].count else {
                    finished.append(position)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let input = inputs[position][next]
                if !isSeen[input] { stack.append((input, 0)) }
            }
        }
        return (found, finished)
    }
}

extension Network {
    /// The positions of the layers in Keras's order; see ``KerasLayerOrder``.
    var kerasOrder: [Int] {
        KerasLayerOrder(inputs: nodes.map(\.inputs), layers: layerPositions, outputs: outputs).positions
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
