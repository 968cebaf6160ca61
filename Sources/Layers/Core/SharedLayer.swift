import Tensors

/// Another call of a layer that the network has already: the same arrays, used in a second place.
///
/// It has a name of its own and no arrays; those are the first call's, and so is whether they are trained.
/// Gradients of all calls add up. Made by ``NetworkBuilder/call(_:as:to:)``.
public struct SharedLayer: Layer {
    /// A name for all of the classes.
    public static let className = "SharedLayer"
    /// The name of this call.
    public let name: String
    /// The layer, by the name under which its arrays are.
    public let layer: any Layer
    /// The arrays of the first call, which this call's have to be.
    let arrays: [ParameterSpec]

    init(_ name: String, sharing node: Network.Node) {
        self.name = name
        layer = node.sharedLayer
        arrays = (node.layer as? SharedLayer)?.arrays ?? node.parameters
    }

    /// Keras's name of the layer's class.
    public var className: String { layer.className }

    /// What the layer makes of it, which must go with the arrays of the first call.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let shape = try layer.outputShape(for: inputs)
        guard layer.parameters(for: inputs) == arrays else {
            throw .inputShape(
                layer: name, className: className, expected: "that goes with the weights of '\(layer.name)'",
                found: inputs[0])
        }
        return shape
    }

    /// The layer's operations, which read the first call's arrays.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        layer.lower(inputs, into: &graph)
    }
}

extension Network.Node {
    /// The layer that has the arrays: another call's, where this one shares them.
    public var sharedLayer: any Layer { (layer as? SharedLayer)?.layer ?? layer }
}
