import Tensors

/// The first of two inputs less the second.
public struct Subtract: Layer {
    /// Keras's name of the class.
    public static let className = "Subtract"
    /// The layer's name.
    public let name: String

    /// A difference.
    public init(_ name: String) { self.name = name }

    /// The inputs' shape, extents of 1 stretched.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        try checkIsPair(inputs)
        return try mergedShape(inputs)
    }

    /// One operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.merge(inputs, .subtract, layer: name)
    }
}
