import Tensors

extension Tensor {
    /// The Euclidean length of all elements together, summed in double precision in their order.
    var norm: Double { squaredNorm.squareRoot() }

    /// The sum of the elements' squares, in double precision.
    var squaredNorm: Double { withElements { $0.squaredNorm } }

    /// Whether no element is infinite or not a number.
    var isFinite: Bool { withElements { $0.isFinite } }
}

extension Span<Float> {
    /// The sum of the elements' squares, in double precision.
    var squaredNorm: Double {
        var sum = 0.0
        for index in indices { sum += Double(self[index]) * Double(self[index]) }
        return sum
    }

    /// Whether no element is infinite or not a number.
    var isFinite: Bool {
        // Whole numbers, because their maximum is found many at a time.
        let exponent: UInt32 = 0x7F80_0000
        var greatest: UInt32 = 0
        for index in indices { greatest = max(greatest, self[index].bitPattern & exponent) }
        return greatest != exponent
    }
}
