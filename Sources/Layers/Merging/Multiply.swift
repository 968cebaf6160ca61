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
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        guard inputs.count >= 2 else {
            throw .inputCount(
                layer: name, className: className, expected: "two inputs or more", found: inputs.count)
        }
        var result = inputs[0]
        for shape in inputs.dropFirst() {
            guard let stretched = Self.stretched(result, shape) else {
                throw .inputShape(
                    layer: name, className: className, expected: "\(result) or extents of 1", found: shape)
            }
            result = stretched
        }
        return result
    }

    /// Products of two.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        inputs.dropFirst().reduce(inputs[0]) { product, next in
            let shape = Self.stretched(graph.shape(of: product), graph.shape(of: next))!
            // The library stretches the second operand only.
            let swap = graph.shape(of: product) != shape
            return graph.append(
                .multiply, to: swap ? [next, product] : [product, next], layer: name, shape: shape)
        }
    }

    private static func stretched(_ left: Shape, _ right: Shape) -> Shape? {
        guard left.rank == right.rank else { return nil }
        var extents: [Int] = []
        for (a, b) in zip(left.dimensions, right.dimensions) {
            guard a == b || a == 1 || b == 1 else { return nil }
            extents.append(max(a, b))
        }
        let result = Shape(extents)
        // One of the two must already be whole: [1, W] times [H, 1] would stretch both.
        return left == result || right == result ? result : nil
    }
}
