import Foundation
import Tensors

/// A number a class, `x W + b`, whose softmax are the classes' probabilities: what a dense layer is.
public struct LinearClassifier: Sendable, Equatable {
    /// `W`, `[D, K]`.
    public var kernel: Matrix
    /// `b`, K numbers.
    public var bias: [Double]

    /// A classifier.
    public init(kernel: Matrix, bias: [Double]) {
        self.kernel = kernel
        self.bias = bias
    }

    /// A classifier of two classes by one number: positive for the second.
    init(decision: Matrix, bias: Double) {
        self.init(
            kernel: Matrix(
                rows: decision.rows, columns: 2, decision.elements.flatMap { [0, $0] }), bias: [0, bias])
    }

    /// The numbers of some samples, `[N, K]`.
    public func decision(_ samples: Matrix) -> Matrix {
        samples.times(kernel).map { _, column, value in value + bias[column] }
    }

    /// The probabilities of some samples, `[N, K]`.
    public func probabilities(_ samples: Matrix) -> Matrix { softmax(decision(samples)) }

    /// The same for samples that are not standardized.
    public func unstandardized(by standardizer: Standardizer) -> LinearClassifier {
        let kernel = kernel.map { row, _, value in value / standardizer.scale[row] }
        let shift = Matrix(rows: 1, columns: kernel.rows, standardizer.mean).times(kernel).elements
        return LinearClassifier(kernel: kernel, bias: zip(bias, shift).map { $0 - $1 })
    }
}

/// The softmax of every row.
func softmax(_ scores: Matrix) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(scores.elements.count)
    for row in 0..<scores.rows {
        let greatest = scores.row(row).max() ?? 0
        let powers = scores.row(row).map { exp($0 - greatest) }
        let sum = powers.reduce(0, +)
        elements += powers.map { $0 / sum }
    }
    return Matrix(rows: scores.rows, columns: scores.columns, elements)
}

/// 1 where a sample (row) is of a class (column), 0 elsewhere.
func indicators(_ labels: [Int], classes: Int) -> Matrix {
    var result = Matrix(zeros: labels.count, classes)
    for (row, label) in labels.enumerated() { result[row, label] = 1 }
    return result
}
