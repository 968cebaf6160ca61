import Tensors

extension Tensor {
    /// The Euclidean length of all elements together, summed in double precision in their order.
    var norm: Double { squaredNorm.squareRoot() }

    /// The sum of the elements' squares, in double precision.
    var squaredNorm: Double { withElements { $0.squaredNorm } }
}

extension Span<Float> {
    /// The sum of the elements' squares, in double precision.
    var squaredNorm: Double {
        var sum = 0.0
        for index in indices { sum += Double(self[index]) * Double(self[index]) }
        return sum
    }
}
