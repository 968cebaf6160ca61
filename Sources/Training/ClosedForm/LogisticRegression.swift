import Foundation
import Tensors

/// Multinomial logistic regression with a penalty on the squares of its kernel, scikit-learn's
/// `LogisticRegression`: what is least is `C Σ loss + ½ ‖W‖²`, the bias apart. Two classes have one column of
/// weights.
public struct LogisticRegression: Sendable, Equatable {
    /// The inverse of the penalty's weight.
    public var C: Double
    /// The fit ends when no element of the mean loss's gradient is greater.
    public var tol: Double
    /// The fit ends after so many steps of L-BFGS.
    public var maxIter: Int

    /// A regression.
    public init(C: Double = 1, tol: Double = 1e-5, maxIter: Int = 1000) {
        self.C = C
        self.tol = tol
        self.maxIter = maxIter
    }

    /// Fits to samples, a row each, and their classes.
    /// - Parameter warn: hears where the fit ended before it had converged.
    public func fit(
        _ samples: Matrix, _ labels: [Int], classes: Int, warn: (ConvergenceWarning) -> Void = { _ in }
    ) -> LinearClassifier {
        let columns = classes == 2 ? 1 : classes
        let width = samples.columns
        let truth =
            classes == 2
            ? Matrix(rows: labels.count, columns: 1, labels.map(Double.init))
            : indicators(labels, classes: classes)
        let minimum = LBFGS(tolerance: tol, maxIterations: maxIter).minimum(
            from: Array(repeating: 0, count: (width + 1) * columns)
        ) { loss($0, samples, truth) }
        if !minimum.hasConverged {
            warn(
                ConvergenceWarning(
                    solver: "logistic_regression", iterations: minimum.iterations, maxIter: maxIter,
                    gradient: minimum.largestGradient, tol: tol))
        }
        let found = minimum.place
        let kernel = Matrix(rows: width, columns: columns, Array(found.prefix(width * columns)))
        let bias = Array(found.suffix(columns))
        return classes == 2
            ? LinearClassifier(decision: kernel, bias: bias[0]) : LinearClassifier(kernel: kernel, bias: bias)
    }

    /// The mean loss with the penalty, and its gradient.
    private func loss(
        _ weights: [Double], _ samples: Matrix, _ truth: Matrix
    ) -> (value: Double, gradient: [Double]) {
        let (count, columns, width) = (Double(samples.rows), truth.columns, samples.columns)
        let kernel = Matrix(rows: width, columns: columns, Array(weights.prefix(width * columns)))
        var residuals = samples.times(kernel)
        var sum = 0.0
        residuals.withMutableElements { values in
            for row in 0..<samples.rows {
                let range = row * columns..<(row + 1) * columns
                for column in range { values[column] += weights[width * columns + column - range.lowerBound] }
                sum +=
                    columns == 1
                    ? Self.binomial(&values[row], truth[row, 0])
                    : Self.multinomial(&values, range, truth.elements)
            }
        }
        let strength = 1 / (C * count)
        var gradient = samples.times(residuals, transposed: true).elements
        var squares = 0.0
        for index in gradient.indices {
            squares += weights[index] * weights[index]
            gradient[index] = gradient[index] / count + strength * weights[index]
        }
        gradient += residuals.columnSums.map { $0 / count }
        return (sum / count + 0.5 * strength * squares, gradient)
    }

    /// A sample's loss; its score becomes what the loss's derivative is.
    private static func binomial(_ score: inout Double, _ truth: Double) -> Double {
        let loss = max(score, 0) - score * truth + log1p(exp(-abs(score)))
        score = 1 / (1 + exp(-score)) - truth
        return loss
    }

    private static func multinomial(
        _ scores: inout [Double], _ range: Range<Int>, _ truth: [Double]
    ) -> Double {
        var greatest = -Double.infinity
        for index in range { greatest = max(greatest, scores[index]) }
        var sum = 0.0
        for index in range { sum += exp(scores[index] - greatest) }
        let logSum = log(sum) + greatest
        var loss = 0.0
        for index in range {
            loss += truth[index] * (logSum - scores[index])
            scores[index] = exp(scores[index] - logSum) - truth[index]
        }
        return loss
    }
}
