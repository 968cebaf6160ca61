import Tensors

/// A network in two parts, of which the first gives the same for the same picture whenever it is asked.
///
/// Layers keep their names, so that the arrays of the whole network are those of both parts.
public struct NetworkCut: Sendable {
    /// From the pictures to the features.
    public let prefix: Network
    /// From the features to the outputs; its input layer is called as the prefix's last layer.
    public let suffix: Network
}

extension Network {
    /// Cuts the network where training stops to depend on the past: behind the longest beginning that has
    /// nothing that is trained, no normalization by the batch's statistics and nothing random.
    ///
    /// Layers without arrays before the cut are left to the second part where the features are smaller so:
    /// a padding, say.
    /// - Parameter mode: how the network is to be trained.
    /// - Returns: nil where nothing worth keeping comes before what changes.
    public func cut(for mode: ExecutionPlan.Mode) -> NetworkCut? {
        let links = links(where: isFixed(in: mode))
        guard let last = links.last else { return nil }
        var best = last
        for link in links.reversed().dropFirst() {
            let between = nodes[(link + 1)...last]
            guard between.allSatisfy(\.parameters.isEmpty) else { break }
            if nodes[link].outputShape.elementCount < nodes[best].outputShape.elementCount { best = link }
        }
        return cut(after: best)
    }

    /// Which layers give the same for the same input, as long as training goes on.
    private func isFixed(in mode: ExecutionPlan.Mode) -> [Bool] {
        let random = Set(OperationGraph(self).operations.filter(\.isRandom).map(\.layer))
            .subtracting(mode.quietLayers)
        return nodes.map { node in
            let isTrained =
                mode.trainableLayers.contains(node.name) && node.parameters.contains(where: \.isTrainable)
            let movesStatistics =
                mode.batchStatisticsLayers.contains(node.name) && node.parameters.contains { !$0.isTrainable }
            return !isTrained && !movesStatistics && !(mode.dropsOut && random.contains(node.name))
        }
    }

    /// The positions of the layers, from the input to the output, that everything behind goes through and
    /// before which everything is fixed, once there is an array.
    private func links(where isFixed: [Bool]) -> [Int] {
        var links: [Int] = []
        var hasArrays = false
        // The furthest position that anything up to here is read at.
        var reach = 0
        // The last call of each layer: none may be cut off from the arrays, which are with the first.
        var sharedReach = 0
        let lastCalls = Dictionary(zip(layerPositions, nodes.indices), uniquingKeysWith: { $1 })
        for index in nodes.indices.dropLast() {
            guard isFixed[index] else { break }
            hasArrays = hasArrays || !nodes[index].parameters.isEmpty
            // Everything before is read no later than here.
            sharedReach = max(sharedReach, lastCalls[index] ?? index)
            let isLink = reach <= index && sharedReach <= index && index != output
            if isLink, hasArrays { links.append(index) }
            reach = max(reach, nodes.lastIndex { $0.inputs.contains(index) } ?? index)
        }
        return links
    }

    private func cut(after link: Int) -> NetworkCut {
        let input = Node(
            layer: InputLayer(nodes[link].name, shape: nodes[link].outputShape), inputs: [], inputShapes: [],
            outputShape: nodes[link].outputShape, parameters: [], group: nodes[link].group)
        let rest = nodes[(link + 1)...].map { node in
            Node(
                layer: node.layer, inputs: node.inputs.map { $0 - link }, inputShapes: node.inputShapes,
                outputShape: node.outputShape, parameters: node.parameters, group: node.group)
        }
        return NetworkCut(
            prefix: Network(name: name, nodes: Array(nodes[...link]), outputs: [link]),
            suffix: Network(name: name, nodes: [input] + rest, outputs: [output - link]))
    }
}

extension Operation {
    fileprivate var isRandom: Bool {
        if case .noise = kind { true } else { false }
    }
}

extension Network {
    /// Identifies what the network computes: its layers with their settings, and the arrays' contents.
    /// - Throws: ``LayerError/missingParameter(_:)``
    public func contentHash(_ values: Parameters) throws(LayerError) -> ContentHash {
        var hasher = ContentHasher()
        for node in nodes {
            // A layer is a value, whose description has all its settings.
            hasher.add(String(reflecting: node.layer))
            hasher.add("\(node.inputs) \(node.outputShape)")
            for key in node.parameterKeys {
                guard let tensor = values[key] else { throw .missingParameter(key) }
                hasher.add("\(key) \(tensor.shape)")
                hasher.add(tensor)
            }
        }
        return hasher.finish()
    }
}
