import Tensors

extension Network {
    /// A place between a layer and one of its inputs.
    public struct Link: Hashable, Sendable {
        /// The layer's position in ``Network/nodes``.
        public var node: Int
        /// Which of its inputs.
        public var input: Int

        /// A place.
        public init(node: Int, input: Int) {
            self.node = node
            self.input = input
        }
    }

    /// The network with layers put between others, each in the group of the layer behind it.
    /// - Parameter layers: layers without arrays, whose output has their input's shape.
    /// - Throws: ``LayerError/duplicateName(_:)``, and whatever a layer that cannot be there gives cause for.
    public func inserting(_ layers: [Link: any Layer]) throws(LayerError) -> Network {
        var names = Set(nodes.map(\.name))
        var (result, moved) = ([Node](), [Int]())
        for (index, node) in nodes.enumerated() {
            var inputs = node.inputs.map { moved[$0] }
            for position in inputs.indices {
                guard let layer = layers[Link(node: index, input: position)] else { continue }
                guard names.insert(layer.name).inserted else { throw .duplicateName(layer.name) }
                let shape = try layer.outputShape(for: [node.inputShapes[position]])
                result.append(
                    Node(
                        layer: layer, inputs: [inputs[position]], inputShapes: [node.inputShapes[position]],
                        outputShape: shape, parameters: [], group: node.group))
                inputs[position] = result.count - 1
            }
            result.append(
                Node(
                    layer: node.layer, inputs: inputs, inputShapes: node.inputShapes,
                    outputShape: node.outputShape, parameters: node.parameters, group: node.group))
            moved.append(result.count - 1)
        }
        return Network(
            name: name, nodes: result, inputs: inputs.map { moved[$0] }, outputs: outputs.map { moved[$0] })
    }
}
