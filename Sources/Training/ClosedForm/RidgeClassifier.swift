import Tensors

/// Least squares towards 1 for a sample's class and −1 for the others, with a penalty on the squares of the
/// kernel: scikit-learn's `RidgeClassifier`. Two classes have one column of weights.
public struct RidgeClassifier: Sendable, Equatable {
    /// The penalty's weight.
    public var alpha: Double

    /// A classifier.
    public init(alpha: Double = 1) { self.alpha = alpha }

    /// Fits to samples, a row each, and their classes.
    /// - Throws: ``ClosedFormError/notPositiveDefinite(solver:)``
    public func fit(
        _ samples: Matrix, _ labels: [Int], classes: Int
    ) throws(ClosedFormError) -> LinearClassifier {
        let all = indicators(labels, classes: classes).map { _, _, value in 2 * value - 1 }
        let targets =
            classes == 2
            ? Matrix(rows: labels.count, columns: 1, labels.map { $0 == 1 ? 1 : -1 }) : all
        let (mean, targetMean) = (samples.columnMeans, targets.columnMeans)
        let centred = samples.map { _, column, value in value - mean[column] }
        let rest = targets.map { _, column, value in value - targetMean[column] }
        guard let kernel = solve(centred, rest) else { throw .notPositiveDefinite(solver: "ridge") }
        let shift = Matrix(rows: 1, columns: mean.count, mean).times(kernel).elements
        let bias = zip(targetMean, shift).map { $0 - $1 }
        return classes == 2
            ? LinearClassifier(decision: kernel, bias: bias[0]) : LinearClassifier(kernel: kernel, bias: bias)
    }

    /// By whichever is the smaller of the two systems of equations.
    private func solve(_ samples: Matrix, _ targets: Matrix) -> Matrix? {
        if samples.columns <= samples.rows {
            let right = samples.times(targets, transposed: true)
            return penalized(samples.times(samples, transposed: true)).symmetricSolution(of: right)
        }
        let dual = penalized(samples.times(samples, otherTransposed: true)).symmetricSolution(of: targets)
        return dual.map { samples.times($0, transposed: true) }
    }

    private func penalized(_ matrix: Matrix) -> Matrix {
        matrix.map { row, column, value in row == column ? value + alpha : value }
    }
}
