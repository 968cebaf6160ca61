import Tensors

/// Squared Euclidean distances between samples, some rows at a time, so that those of many samples need not be in
/// memory at once; in Float32's precision, as in scikit-learn.
struct SquaredDistances {
    /// How many rows ``forEachBlock(_:_:)`` works out at once.
    static let blockHeight = 256

    private let samples: Matrix
    private let norms: [Double]

    /// - Parameter samples: `[n, features]`.
    init(_ samples: Matrix) {
        self.samples = samples
        norms = (0..<samples.rows).map { samples.row($0).reduce(0) { $0 + $1 * $1 } }
    }

    /// Those of some samples from all, `[range.count, n]`; of a sample from itself it is 0.
    func rows(_ range: Range<Int>) -> Matrix {
        let first = range.lowerBound
        return samples.rows(range).times(samples, otherTransposed: true).map { row, column, product in
            first + row == column
                ? 0 : Double(Float(max(norms[first + row] + norms[column] - 2 * product, 0)))
        }
    }

    /// Hands over all rows, block after block.
    func forEachBlock(_ body: (Range<Int>, Matrix) throws -> Void) rethrows {
        for first in stride(from: 0, to: samples.rows, by: Self.blockHeight) {
            let range = first..<min(first + Self.blockHeight, samples.rows)
            try body(range, rows(range))
        }
    }
}
