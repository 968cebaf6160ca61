import Tensors

/// Lays several inputs side by side along one axis.
public struct Concatenate: Layer {
    /// Keras's name of the class.
    public static let className = "Concatenate"
    /// The layer's name.
    public let name: String
    /// The axis, as Keras counts: the batch is axis 0, -1 is the last.
    public let axis: Int

    /// A concatenation; of channels, without an axis.
    public init(_ name: String, axis: Int = -1) {
        self.name = name
        self.axis = axis
    }

    /// The inputs' shape with their extents along the axis added up.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        guard inputs.count >= 2 else {
            throw .inputCount(
                layer: name, className: className, expected: "two inputs or more", found: inputs.count)
        }
        var result = inputs[0]
        guard let axis = axis(of: result) else {
            throw .hyperparameter(
                layer: name, className: className, name: "axis",
                expected: "in 1...\(result.rank), or negative to count from the last", found: "\(axis)")
        }
        for shape in inputs.dropFirst() {
            var expected = result
            if shape.rank == result.rank { expected[axis] = shape[axis] }
            guard shape == expected else {
                throw .inputShape(
                    layer: name, className: className, expected: "\(inputs[0]) but for axis \(axis + 1)",
                    found: shape)
            }
            result[axis] += shape[axis]
        }
        return result
    }

    /// One concatenation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let shapes = inputs.map { graph.shape(of: $0) }
        return graph.append(
            .concatenate(axis: axis(of: shapes[0])!), to: inputs, layer: name,
            shape: try! outputShape(for: shapes))
    }

    /// The axis without the batch, counted from 0.
    private func axis(of shape: Shape) -> Int? {
        let position = axis < 0 ? axis + shape.rank : axis - 1
        return axis != 0 && shape.dimensions.indices.contains(position) ? position : nil
    }
}
