import Tensors

/// Features less their mean and divided by their deviation: scikit-learn's `StandardScaler`.
public struct Standardizer: Sendable, Equatable {
    /// What is subtracted.
    public let mean: [Double]
    /// What is divided by: the deviation of all samples, 1 where they are all the same.
    public let scale: [Double]

    /// The standardizer of some samples, a row each.
    public init(_ samples: Matrix) {
        let mean = samples.columnMeans
        let squares = samples.map { _, column, value in (value - mean[column]) * (value - mean[column]) }
        self.mean = mean
        scale = zip(squares.columnMeans, mean).map { variance, mean in
            // As scikit-learn has it: a variance of rounding errors is none.
            let limit = 10 * Double.ulpOfOne * max(abs(mean) * abs(mean), variance)
            return variance <= limit ? 1 : variance.squareRoot()
        }
    }

    /// Standardized samples.
    public func callAsFunction(_ samples: Matrix) -> Matrix {
        samples.map { _, column, value in (value - mean[column]) / scale[column] }
    }
}
