import Tensors

/// The smallest of several inputs, element by element. The gradient goes to the first of equals.
public struct Minimum: Layer {
    /// Keras's name of the class.
    public static let className = "Minimum"
    /// The layer's name.
    public let name: String

    /// A minimum.
    public init(_ name: String) { self.name = name }

    /// The first input's shape; extents of 1 of the others are stretched.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        try mergedShapeOfFirst(inputs)
    }

    /// Minima of two.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.merge(inputs, .minimum, layer: name)
    }
}
