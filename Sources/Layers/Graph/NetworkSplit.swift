import Tensors

/// A network in two parts around any of its layers, whatever goes past it: what a layer gives can be looked at, and
/// the gradient of what comes out with respect to it.
///
/// Unlike ``NetworkCut``, the parts are joined by as many values as it takes: the layer's output first, then those
/// that are read beside it behind it, such as a shortcut's.
public struct NetworkSplit: Sendable {
    /// From the picture to the values that join the parts: the network's outputs.
    public let before: Network
    /// From those values, its inputs in the same order, to the outputs.
    public let after: Network
}

extension Network {
    /// Splits the network behind a layer.
    /// - Throws: ``LayerError/unknownLayer(_:network:nearest:)``, ``LayerError/nothingBehind(layer:network:)``
    ///   where no output depends on the layer's.
    public func split(after layer: String) throws(LayerError) -> NetworkSplit {
        let start = try position(of: layer)
        var behind: Set<Int> = []
        for index in nodes.indices
        where nodes[index].inputs.contains(where: { $0 == start || behind.contains($0) }) {
            behind.insert(index)
        }
        guard outputs.allSatisfy(behind.contains) else {
            throw .nothingBehind(layer: layer, network: name)
        }
        let later = behind.sorted()
        let beside = Set(later.flatMap { nodes[$0].inputs }).subtracting(behind + [start]).sorted()
        let joints = [start] + beside
        return NetworkSplit(
            before: part(outputs: joints, inputs: inputs), after: part(later, readingFrom: joints))
    }

    /// Some layers, with input layers in place of those that they read from.
    private func part(_ later: [Int], readingFrom joints: [Int]) -> Network {
        let renumbered = Dictionary(uniqueKeysWithValues: (joints + later).enumerated().map { ($1, $0) })
        let inputs = joints.map { joint in
            // Not the layer's own name, which a later call of a shared layer may take.
            Node(
                layer: InputLayer("\(nodes[joint].name):output", shape: nodes[joint].outputShape), inputs: [],
                inputShapes: [], outputShape: nodes[joint].outputShape, parameters: [],
                group: nodes[joint].group)
        }
        var owners = Set(later.map { nodes[$0].name })
        let rest = later.map { index in
            nodes[index].reading(nodes[index].inputs.map { renumbered[$0]! }, besides: &owners)
        }
        return Network(
            name: name, nodes: inputs + rest, inputs: Array(joints.indices),
            outputs: outputs.map { renumbered[$0]! }
        ).withoutLooseEnds()
    }
}

extension Network {
    /// The network up to the layer that ends with a softmax or sigmoid and only changes its shape after that: with
    /// ``ExecutionPlan/Mode/stopsBeforeSoftmax``, its outputs are the classes' scores.
    public func withoutShapeChangesAtEnd() -> Network {
        let operations = OperationGraph(self).operations
        var end = output
        while nodes[end].inputs.count == 1, nodes[end].parameters.isEmpty {
            let own = operations.filter { $0.layer == nodes[end].sharedLayer.name }
            let isShape = own.allSatisfy { if case .reshape = $0.kind { true } else { false } }
            guard isShape else { break }
            end = nodes[end].inputs[0]
        }
        return end == output || outputs.count > 1 ? self : part(outputs: [end], inputs: inputs)
    }
}
