import Tensors

/// Applies a function to every element; softmax to every row of the last dimension.
public struct Activation: Layer {
    /// Keras's name of the class.
    public static let className = "Activation"
    /// The layer's name.
    public let name: String
    /// The function.
    public let activation: ActivationFunction

    /// An activation layer.
    public init(_ name: String, _ activation: ActivationFunction) {
        self.name = name
        self.activation = activation
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try onlyInput(inputs) }

    /// One elementwise operation, or two where the library has no single one.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.activate(inputs[0], with: activation, layer: name)
    }
}
