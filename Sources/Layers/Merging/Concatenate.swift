import Tensors

/// Lays several inputs side by side along the last dimension.
public struct Concatenate: Layer {
    /// Keras's name of the class.
    public static let className = "Concatenate"
    /// The layer's name.
    public let name: String

    /// A concatenation of channels.
    public init(_ name: String) { self.name = name }

    /// The inputs' shape with their channels added up.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        guard inputs.count >= 2 else {
            throw .inputCount(
                layer: name, className: className, expected: "two inputs or more", found: inputs.count)
        }
        var result = inputs[0]
        for shape in inputs.dropFirst() {
            guard shape.dimensions.dropLast() == result.dimensions.dropLast() else {
                throw .inputShape(
                    layer: name, className: className, expected: "\(inputs[0]) but for the last extent",
                    found: shape)
            }
            result[-1] += shape[-1]
        }
        return result
    }

    /// One concatenation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        var shape = graph.shape(of: inputs[0])
        shape[-1] = inputs.reduce(0) { $0 + graph.shape(of: $1)[-1] }
        return graph.append(.concatenate, to: inputs, layer: name, shape: shape)
    }
}
