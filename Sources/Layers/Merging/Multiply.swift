import Tensors

/// The elementwise product of several inputs; an input `[1, 1, C]` (a squeeze-and-excitation gate) or
/// `[H, W, 1]` is stretched to the others' extents.
public struct Multiply: Layer {
    /// Keras's name of the class.
    public static let className = "Multiply"
    /// The layer's name.
    public let name: String

    /// A product.
    public init(_ name: String) { self.name = name }

    /// The inputs' shape, extents of 1 stretched.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try mergedShape(inputs) }

    /// Products of two.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.merge(inputs, .multiply, layer: name)
    }
}
