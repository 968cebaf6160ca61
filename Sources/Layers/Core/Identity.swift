import Tensors

/// Gives out what it gets.
public struct Identity: Layer {
    /// Keras's name of the class.
    public static let className = "Identity"
    /// The layer's name.
    public let name: String

    /// A layer that does nothing.
    public init(_ name: String) { self.name = name }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try onlyInput(inputs) }

    /// Nothing.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID { inputs[0] }
}
