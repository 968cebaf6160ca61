import Foundation
import Tensors

/// How close samples are to one another, as t-SNE sees it: a probability a pair, all of which make 1.
///
/// Each sample sees the others by a Gaussian whose width is such that about `perplexity` of them count, found by
/// bisection of the entropy to 1e-5, as in scikit-learn.
struct Affinities {
    /// `[n, n]`, symmetric, 0 on the diagonal.
    let joint: [Float]
    /// How many samples there are.
    let count: Int
    /// What scikit-learn takes for 0.
    static let epsilon = Double.ulpOfOne

    /// - Parameter distances: squared Euclidean ones, `[n, n]`.
    init(distances: Matrix, perplexity: Double) {
        let n = distances.rows
        let rows = mapInParallel(n) { row in
            Self.conditional(Array(distances.row(row)), row, perplexity: perplexity)
        }
        // Each row makes 1, and so all of them n.
        let total = 2 * Double(n)
        joint = mapInParallel(n) { row in
            (0..<n).map { column in
                row == column
                    ? Float(0) : Float(max((rows[row][column] + rows[column][row]) / total, Self.epsilon))
            }
        }.flatMap(\.self)
        count = n
    }

    /// How one sample sees the others; they make 1.
    /// - Parameter own: its own place among the distances, as it does not see itself; nil where it is not there.
    static func conditional(_ distances: [Double], _ own: Int?, perplexity: Double) -> [Double] {
        let wanted = log(perplexity)
        var (beta, low, high) = (1.0, -Double.infinity, Double.infinity)
        var row = distances
        for _ in 0..<100 {
            var (sum, spread) = (0.0, 0.0)
            for index in row.indices {
                row[index] = index == own ? 0 : exp(-distances[index] * beta)
                sum += row[index]
            }
            if sum == 0 { sum = 1e-8 }
            for index in row.indices {
                row[index] /= sum
                spread += distances[index] * row[index]
            }
            let difference = log(sum) + beta * spread - wanted
            if abs(difference) <= 1e-5 { break }
            if difference > 0 {
                low = beta
                beta = high == .infinity ? beta * 2 : (beta + high) / 2
            } else {
                high = beta
                beta = low == -.infinity ? beta / 2 : (beta + low) / 2
            }
        }
        return row
    }
}
