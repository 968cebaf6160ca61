import Tensors

/// The mean of several inputs, element by element.
public struct Average: Layer {
    /// Keras's name of the class.
    public static let className = "Average"
    /// The layer's name.
    public let name: String

    /// A mean.
    public init(_ name: String) { self.name = name }

    /// The inputs' shape, extents of 1 stretched.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try mergedShape(inputs) }

    /// Sums of two, and one division.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let sum = graph.merge(inputs, .add, layer: name)
        return graph.append(
            .elementwise(.linear(scale: 1 / Float(inputs.count), shift: 0)), to: [sum], layer: name)
    }
}
