import Tensors

/// Exponentials that sum to one over the last dimension.
public struct Softmax: Layer {
    /// Keras's name of the class.
    public static let className = "Softmax"
    /// The layer's name.
    public let name: String
    /// The axis that is summed over, as Keras counts: the batch is axis 0, -1 is the last.
    public let axis: Int

    /// A softmax layer.
    public init(_ name: String, axis: Int = -1) {
        self.name = name
        self.axis = axis
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        try checkIsLast(axis, of: input)
        return input
    }

    /// One operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(.softmax(isLogarithmic: false), to: inputs, layer: name)
    }
}
