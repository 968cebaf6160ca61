import Tensors

/// The sum of several inputs; extents of 1 are stretched to the others'.
public struct Add: Layer {
    /// Keras's name of the class.
    public static let className = "Add"
    /// The layer's name.
    public let name: String

    /// A sum.
    public init(_ name: String) { self.name = name }

    /// The inputs' shape, extents of 1 stretched.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try mergedShape(inputs) }

    /// Sums of two.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.merge(inputs, .add, layer: name)
    }
}
