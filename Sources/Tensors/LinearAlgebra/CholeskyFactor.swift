import COpenBLAS
import Foundation

/// The lower triangular `L` of a symmetric, positive definite matrix `A = L Lᵀ`, by LAPACK.
///
/// Matrices are arrays of Float64, a column after the other; right-hand sides too.
public struct CholeskyFactor: Sendable {
    /// How many rows and columns the matrix has.
    public let size: Int
    private let lower: [Double]

    /// Factorizes a matrix, of which only the lower triangle is read.
    /// - Returns: nil where the matrix is not positive definite.
    public init?(_ matrix: [Double], size: Int) {
        precondition(matrix.count == size * size, "\(matrix.count) numbers for a matrix of \(size) rows")
        OneThread.use()
        var (factor, n, info) = (matrix, Int32(size), Int32(0))
        if size > 0 { dpotrf_("L", &n, &factor, &n, &info) }
        guard info == 0 else { return nil }
        self.size = size
        lower = factor
    }

    /// The logarithm of the matrix's determinant.
    public var logDeterminant: Double { 2 * (0..<size).reduce(0) { $0 + log(lower[$1 * size + $1]) } }

    /// The solution `X` of `A X = B`.
    public func solution(of right: [Double]) -> [Double] {
        var (result, n, info) = (right, Int32(size), Int32(0))
        var columns = columns(of: right)
        if columns > 0 { dpotrs_("L", &n, &columns, lower, &n, &result, &n, &info) }
        return result
    }

    /// The solution `X` of `L X = B`.
    public func lowerSolution(of right: [Double]) -> [Double] {
        var (result, n, info) = (right, Int32(size), Int32(0))
        var columns = columns(of: right)
        if columns > 0 { dtrtrs_("L", "N", "N", &n, &columns, lower, &n, &result, &n, &info) }
        return result
    }

    /// The inverse of the matrix, whole.
    public var inverse: [Double] {
        var (result, n, info) = (lower, Int32(size), Int32(0))
        guard size > 0 else { return [] }
        dpotri_("L", &n, &result, &n, &info)
        for column in 0..<size {
            for row in 0..<column { result[column * size + row] = result[row * size + column] }
        }
        return result
    }

    private func columns(of right: [Double]) -> Int32 {
        precondition(
            size > 0 ? right.count.isMultiple(of: size) : right.isEmpty, "columns of \(size) numbers")
        return size > 0 ? Int32(right.count / size) : 0
    }
}

/// Matrices as small as these are done before a second thread is awake.
private enum OneThread {
    private static let isSet: Void = openblas_set_num_threads(1)

    static func use() { isSet }
}
