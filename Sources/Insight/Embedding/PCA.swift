import Tensors

/// Principal component analysis: the directions in which samples differ the most.
///
/// As scikit-learn's `PCA` (full SVD), with its signs: of each component, the weight that is furthest from 0 is
/// positive. Worked out from the eigenvectors of `XᵀX` or `XXᵀ`, whichever is smaller.
public struct PCA: Sendable, Equatable {
    /// The directions, `[k, features]`, of length 1.
    public let components: Matrix
    /// The variance along each, over `n − 1`.
    public let explainedVariance: [Double]
    /// The same as a share of all variance; 0 where there is none.
    public let explainedVarianceRatio: [Double]
    /// The mean of each feature.
    public let mean: [Double]

    /// The first components of samples.
    /// - Parameters:
    ///   - samples: `[n, features]`.
    ///   - count: how many components.
    /// - Throws: ``InsightError/sampleCount(_:atLeast:purpose:)``, ``InsightError/notFinite(row:)``
    public init(_ samples: Matrix, components count: Int = 2) throws(InsightError) {
        guard samples.rows > count else {
            throw .sampleCount(samples.rows, atLeast: count + 1, purpose: "PCA")
        }
        let mean = samples.columnMeans
        let centred = samples.map { _, column, element in element - mean[column] }
        let total = centred.elements.reduce(0) { $0 + $1 * $1 }
        let found = min(count, samples.columns)
        guard total.isFinite, let (squares, directions) = Self.directions(of: centred, found) else {
            let row = (0..<samples.rows).first { !samples.row($0).allSatisfy(\.isFinite) }
            throw .notFinite(row: row ?? 0)
        }
        self.mean = mean
        components = directions.map { row, _, element in
            Self.isTurned(directions.row(row)) ? -element : element
        }
        explainedVariance = squares.map { max($0, 0) / Double(samples.rows - 1) }
        explainedVarianceRatio = squares.map { total > 0 ? max($0, 0) / total : 0 }
    }

    /// The samples' places along the components, `[n, k]`.
    public func projected(_ samples: Matrix) -> Matrix {
        samples.map { _, column, element in element - mean[column] }.times(components, otherTransposed: true)
    }

    /// The greatest squared singular values and the right singular vectors, a row each.
    private static func directions(of centred: Matrix, _ count: Int) -> ([Double], Matrix)? {
        guard centred.columns > centred.rows else {
            return centred.times(centred, transposed: true).symmetricEigen(leading: count)
        }
        guard
            let (squares, left) = centred.times(centred, otherTransposed: true)
                .symmetricEigen(leading: count)
        else { return nil }
        let scaled = left.times(centred)
        return (
            squares,
            scaled.map { row, _, element in squares[row] > 0 ? element / squares[row].squareRoot() : 0 }
        )
    }

    private static func isTurned(_ direction: ArraySlice<Double>) -> Bool {
        (direction.max { abs($0) < abs($1) } ?? 0) < 0
    }
}
