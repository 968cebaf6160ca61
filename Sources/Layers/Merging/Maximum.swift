import Tensors

/// The largest of several inputs, element by element. The gradient goes to the first of equals.
public struct Maximum: Layer {
    /// Keras's name of the class.
    public static let className = "Maximum"
    /// The layer's name.
    public let name: String

    /// A maximum.
    public init(_ name: String) { self.name = name }

    /// The first input's shape; extents of 1 of the others are stretched.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        try mergedShapeOfFirst(inputs)
    }

    /// Maxima of two.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.merge(inputs, .maximum, layer: name)
    }
}
