import Tensors

// Layers that work along axes as Keras counts them, with the batch at 0 or from the end.

extension Layer {
    /// The dimensions, without the batch, that axes stand for.
    static func dimensions(_ axes: [Int], of input: Shape) -> [Int] {
        axes.map { $0 < 0 ? $0 + input.rank : $0 - 1 }
    }

    /// Checks that axes are different ones of an input's, and leave out the batch.
    /// - Parameter several: whether there may be more than one. Keras has arrays for several in ascending order.
    func check(_ axes: [Int], of input: Shape, several: Bool) throws(LayerError) {
        let dimensions = Self.dimensions(axes, of: input)
        let areAscending = zip(dimensions, dimensions.dropFirst()).allSatisfy { $0 < $1 }
        guard !axes.isEmpty, several || axes.count == 1, areAscending,
            dimensions.allSatisfy({ (0..<input.rank).contains($0) })
        else {
            let list = several ? ", or several of them in ascending order," : ""
            throw .hyperparameter(
                layer: name, className: className, name: "axis",
                expected: "one of 1...\(input.rank) (or \(-input.rank)...-1)\(list) for an input of shape "
                    + "\(input) without the batch, which is axis 0",
                found: axes.count == 1 ? "\(axes[0])" : "\(axes)")
        }
    }
}

extension OperationGraph {
    /// Applies operations of the last dimension to others: brings them there, makes one of them, and undoes both.
    /// - Parameter dimensions: without the batch, in ascending order.
    mutating func along(
        _ dimensions: [Int], of value: ValueID, layer: String,
        _ operate: (ValueID, inout OperationGraph) -> ValueID
    ) -> ValueID {
        let input = shape(of: value)
        let others = input.dimensions.indices.filter { !dimensions.contains($0) }
        let order = others + dimensions
        let permuted = Shape(order.map { input[$0] })
        let rows = Shape(others.map { input[$0] } + [dimensions.reduce(1) { $0 * input[$1] }])
        let isInOrder = order == order.sorted()
        var x = value
        if !isInOrder { x = append(.permute(order), to: [x], layer: layer, shape: permuted) }
        if rows != permuted { x = append(.reshape, to: [x], layer: layer, shape: rows) }
        x = operate(x, &self)
        if rows != permuted { x = append(.reshape, to: [x], layer: layer, shape: permuted) }
        guard !isInOrder else { return x }
        let back = order.indices.sorted { order[$0] < order[$1] }
        return append(.permute(back), to: [x], layer: layer, shape: input)
    }
}
