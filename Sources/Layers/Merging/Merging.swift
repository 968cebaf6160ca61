import Tensors

// What the layers that combine several inputs element by element have in common.

extension Layer {
    /// The inputs' shape, extents of 1 stretched to the others'.
    func mergedShape(_ inputs: [Shape]) throws(LayerError) -> Shape {
        guard inputs.count >= 2 else {
            throw .inputCount(
                layer: name, className: className, expected: "two inputs or more", found: inputs.count)
        }
        var result = inputs[0]
        for shape in inputs.dropFirst() {
            guard let stretched = result.stretched(with: shape) else {
                throw .inputShape(
                    layer: name, className: className, expected: "\(result) or extents of 1", found: shape)
            }
            result = stretched
        }
        return result
    }

    /// Like ``mergedShape(_:)``, for layers whose gradient depends on which input comes first: that one must
    /// have its full shape.
    func mergedShapeOfFirst(_ inputs: [Shape]) throws(LayerError) -> Shape {
        let merged = try mergedShape(inputs)
        guard merged == inputs[0] else {
            throw .inputShape(
                layer: name, className: className, expected: "a first input of the whole shape \(merged)",
                found: inputs[0])
        }
        return merged
    }

    /// The two inputs of a layer that takes two.
    func checkIsPair(_ inputs: [Shape]) throws(LayerError) {
        guard inputs.count == 2 else {
            throw .inputCount(layer: name, className: className, expected: "two inputs", found: inputs.count)
        }
    }
}

extension OperationGraph {
    /// A function of several values, two by two.
    mutating func merge(_ values: [ValueID], _ function: BinaryFunction, layer: String) -> ValueID {
        values.dropFirst().reduce(values[0]) { combine($0, $1, function, layer: layer) }
    }

    private mutating func combine(
        _ left: ValueID, _ right: ValueID, _ function: BinaryFunction, layer: String
    ) -> ValueID {
        let rank = max(shape(of: left).rank, shape(of: right).rank)
        let (left, right) = (raise(left, to: rank, layer), raise(right, to: rank, layer))
        let result = shape(of: left).stretched(with: shape(of: right))!
        // The library stretches the second operand only.
        guard shape(of: left) != result else {
            return append(.combine(function), to: [left, right], layer: layer)
        }
        let swapped = append(.combine(function), to: [right, left], layer: layer)
        guard function == .subtract else { return swapped }
        return append(.elementwise(.linear(scale: -1, shift: 0)), to: [swapped], layer: layer)
    }

    /// A value with extents of 1 put before its own.
    private mutating func raise(_ value: ValueID, to rank: Int, _ layer: String) -> ValueID {
        let shape = shape(of: value)
        guard shape.rank < rank else { return value }
        let ones = [Int](repeating: 1, count: rank - shape.rank)
        return append(.reshape, to: [value], layer: layer, shape: Shape(ones + shape.dimensions))
    }
}

extension Shape {
    /// The shape of which both this and another are parts; nil where there is none, or where both would have
    /// to be stretched.
    func stretched(with other: Shape) -> Shape? {
        let rank = max(rank, other.rank)
        let left = [Int](repeating: 1, count: rank - self.rank) + dimensions
        let right = [Int](repeating: 1, count: rank - other.rank) + other.dimensions
        guard zip(left, right).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
        let result = zip(left, right).map { max($0, $1) }
        return left == result || right == result ? Shape(result) : nil
    }
}
