import Tensors

/// Lays all dimensions but the batch in a row, in row-major order.
public struct Flatten: Layer {
    /// Keras's name of the class.
    public static let className = "Flatten"
    /// The layer's name.
    public let name: String

    /// A flattening layer.
    public init(_ name: String) { self.name = name }

    /// `[H · W · C]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        [try onlyInput(inputs).elementCount]
    }

    /// A reshape.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(
            .reshape, to: inputs, layer: name, shape: [graph.shape(of: inputs[0]).elementCount])
    }
}

/// Gives the elements of one sample another shape, in row-major order.
public struct Reshape: Layer {
    /// Keras's name of the class.
    public static let className = "Reshape"
    /// The layer's name.
    public let name: String
    /// The shape wanted; one extent may be -1, to be worked out.
    public let targetShape: [Int]

    /// A reshaping layer.
    public init(_ name: String, targetShape: [Int]) {
        self.name = name
        self.targetShape = targetShape
    }

    /// The target shape with -1 worked out.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        guard let shape = resolved(for: input) else {
            throw .inputShape(
                layer: name, className: className,
                expected: "a shape with as many elements as \(targetShape)",
                found: input)
        }
        return shape
    }

    /// A reshape.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(.reshape, to: inputs, layer: name, shape: resolved(for: graph.shape(of: inputs[0]))!)
    }

    private func resolved(for input: Shape) -> Shape? {
        let known = targetShape.filter { $0 != -1 }
        let product = known.reduce(1, *)
        guard known.allSatisfy({ $0 > 0 }), targetShape.count - known.count <= 1,
            input.elementCount.isMultiple(of: product)
        else { return nil }
        let shape = Shape(targetShape.map { $0 == -1 ? input.elementCount / product : $0 })
        return shape.elementCount == input.elementCount ? shape : nil
    }
}
