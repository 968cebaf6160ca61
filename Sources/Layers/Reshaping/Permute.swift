import Tensors

/// Exchanges dimensions.
public struct Permute: Layer {
    /// Keras's name of the class.
    public static let className = "Permute"
    /// The layer's name.
    public let name: String
    /// Which of the input's dimensions becomes each of the output's, counted from 1 as in Keras: `[3, 1, 2]`
    /// puts the channels first.
    public let dims: [Int]

    /// A permutation of dimensions.
    public init(_ name: String, dims: [Int]) {
        self.name = name
        self.dims = dims
    }

    /// The input's extents in the new order.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        guard dims.sorted() == Array(1...max(input.rank, 1)) else {
            throw .hyperparameter(
                layer: name, className: className, name: "dims",
                expected: "a permutation of 1...\(input.rank)", found: "\(dims)")
        }
        return Shape(dims.map { input[$0 - 1] })
    }

    /// One operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let order = dims.map { $0 - 1 }
        guard order != order.sorted() else { return inputs[0] }
        let input = graph.shape(of: inputs[0])
        return graph.append(.permute(order), to: inputs, layer: name, shape: Shape(order.map { input[$0] }))
    }
}
