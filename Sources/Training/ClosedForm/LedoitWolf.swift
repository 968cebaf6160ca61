import Tensors

/// The covariance of samples, shrunk as much as the samples themselves ask for: Ledoit and Wolf, "A
/// well-conditioned estimator for large-dimensional covariance matrices", Journal of Multivariate Analysis 88,
/// 2004, as scikit-learn's `LinearDiscriminantAnalysis(shrinkage="auto")` uses it.
enum LedoitWolf {
    /// The covariance `[D, D]` of samples, a row each. It is shrunk in units of the features' deviations, so that
    /// large features do not decide for the others.
    static func covariance(_ samples: Matrix) -> Matrix {
        let standardizer = Standardizer(samples)
        let standard = standardizer(samples)
        let count = Double(samples.rows)
        let covariance = standard.times(standard, transposed: true).map { _, _, value in value / count }
        let variance = (0..<covariance.rows).reduce(0) { $0 + covariance[$1, $1] } / Double(covariance.rows)
        let share = share(standard, covariance, variance)
        return covariance.map { row, column, value in
            ((1 - share) * value + (row == column ? share * variance : 0))
                * standardizer.scale[row] * standardizer.scale[column]
        }
    }

    /// The share that is replaced: how far the covariance is expected to be off, to how far it is from what it
    /// is shrunk towards; both as mean squares.
    private static func share(_ samples: Matrix, _ covariance: Matrix, _ variance: Double) -> Double {
        let (count, width) = (Double(samples.rows), Double(samples.columns))
        guard samples.columns > 1 else { return 0 }
        let fourthPowers = (0..<samples.rows).reduce(0) { sum, row in
            let square = samples.row(row).reduce(0) { $0 + $1 * $1 }
            return sum + square * square
        }
        let squares = covariance.elements.reduce(0) { $0 + $1 * $1 }
        let error = (fourthPowers / count - squares) / (width * count)
        let distance = squares / width - variance * variance
        guard error > 0, distance > 0 else { return 0 }
        return min(error / distance, 1)
    }
}
