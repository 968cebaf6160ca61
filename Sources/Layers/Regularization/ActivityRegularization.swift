import Tensors

/// Gives out what it gets. In Keras the size of what passes is added to the loss while training; here it is
/// not.
public struct ActivityRegularization: Layer {
    /// Keras's name of the class.
    public static let className = "ActivityRegularization"
    /// The layer's name.
    public let name: String
    /// Keras's factor of the absolute values.
    public let l1: Float
    /// Keras's factor of the squares.
    public let l2: Float

    /// A layer that keeps Keras's factors.
    public init(_ name: String, l1: Float = 0, l2: Float = 0) {
        self.name = name
        self.l1 = l1
        self.l2 = l2
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try onlyInput(inputs) }

    /// Nothing.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID { inputs[0] }
}
