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

/// `min(max(x, 0), maxValue)`; Keras has it as a layer of its own beside `Activation("relu")`.
public struct ReLU: Layer {
    /// Keras's name of the class.
    public static let className = "ReLU"
    /// The layer's name.
    public let name: String
    /// Where the output is cut, 6 for ReLU6; nil for no limit.
    public let maxValue: Float?

    /// A rectifier layer.
    public init(_ name: String, maxValue: Float? = nil) {
        self.name = name
        self.maxValue = maxValue
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try onlyInput(inputs) }

    /// One elementwise operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(.elementwise(maxValue.map { .clip(low: 0, high: $0) } ?? .relu), to: inputs, layer: name)
    }
}
