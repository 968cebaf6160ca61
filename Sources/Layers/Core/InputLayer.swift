import Tensors

/// The place where pictures enter a network.
public struct InputLayer: Layer {
    /// Keras's name of the class.
    public static let className = "InputLayer"
    /// The layer's name.
    public let name: String
    /// The shape of one input, without the batch.
    public let shape: Shape

    /// An input of the given shape, without the batch.
    public init(_ name: String, shape: Shape) {
        self.name = name
        self.shape = shape
    }

    /// The input's own shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { shape }

    /// The graph's input.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID { graph.input }
}
