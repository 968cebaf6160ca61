import Tensors

/// The sum of several inputs of one shape.
public struct Add: Layer {
    /// Keras's name of the class.
    public static let className = "Add"
    /// The layer's name.
    public let name: String

    /// A sum.
    public init(_ name: String) { self.name = name }

    /// The inputs' shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        guard inputs.count >= 2 else {
            throw .inputCount(
                layer: name, className: className, expected: "two inputs or more", found: inputs.count)
        }
        if let other = inputs.first(where: { $0 != inputs[0] }) {
            throw .inputShape(layer: name, className: className, expected: "\(inputs[0])", found: other)
        }
        return inputs[0]
    }

    /// Sums of two.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        inputs.dropFirst().reduce(inputs[0]) { sum, next in
            graph.append(.add, to: [sum, next], layer: name)
        }
    }
}
