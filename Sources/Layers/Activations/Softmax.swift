import Tensors

/// Exponentials that sum to one along one axis, or over several together.
public struct Softmax: Layer {
    /// Keras's name of the class.
    public static let className = "Softmax"
    /// The layer's name.
    public let name: String
    /// The axes that are summed over, as Keras counts: the batch is axis 0, -1 is the last.
    public let axes: [Int]

    /// A softmax layer.
    public init(_ name: String, axes: [Int] = [-1]) {
        self.name = name
        self.axes = axes
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        try check(axes, of: input, several: true)
        return input
    }

    /// A softmax of rows.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let dimensions = Self.dimensions(axes, of: graph.shape(of: inputs[0]))
        return graph.along(dimensions, of: inputs[0], layer: name) { rows, graph in
            graph.append(.softmax(isLogarithmic: false), to: [rows], layer: name)
        }
    }
}
