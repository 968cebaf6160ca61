import COpenBLAS

// What LAPACK knows of symmetric matrices. It takes columns for rows, which makes no difference to them.

extension Matrix {
    /// The solution `X` of `A X = B` by Cholesky's factorization, of a symmetric matrix.
    /// - Returns: nil where the matrix is not positive definite.
    public func symmetricSolution(of right: Matrix) -> Matrix? {
        precondition(rows == columns && right.rows == rows, "\(rows) × \(columns), \(right.rows) rows")
        guard rows > 0, right.columns > 0 else { return right }
        OpenBLASThreads.adopt()
        var (factor, solution) = (elements, right.transposed.elements)
        var (n, columns, info) = (Int32(rows), Int32(right.columns), Int32(0))
        dposv_("L", &n, &columns, &factor, &n, &solution, &n, &info)
        guard info == 0 else { return nil }
        return Matrix(rows: right.columns, columns: rows, solution).transposed
    }

    /// Eigenvalues from the greatest to the smallest, and their vectors, a row each, of a symmetric matrix.
    /// - Returns: nil where LAPACK does not converge: an element is not finite.
    public func symmetricEigen() -> (values: [Double], vectors: Matrix)? {
        precondition(rows == columns, "\(rows) × \(columns)")
        guard rows > 0 else { return ([], self) }
        OpenBLASThreads.adopt()
        var (vectors, values) = (elements, [Double](repeating: 0, count: rows))
        var (n, info, workCount, indexCount) = (Int32(rows), Int32(0), Int32(-1), Int32(-1))
        var (work, indices) = ([0.0], [Int32(0)])
        dsyevd_("V", "L", &n, &vectors, &n, &values, &work, &workCount, &indices, &indexCount, &info)
        (workCount, indexCount) = (Int32(work[0]), indices[0])
        work = [Double](repeating: 0, count: Int(workCount))
        indices = [Int32](repeating: 0, count: Int(indexCount))
        dsyevd_("V", "L", &n, &vectors, &n, &values, &work, &workCount, &indices, &indexCount, &info)
        guard info == 0 else { return nil }
        let order = Array(values.indices.reversed())
        return (order.map { values[$0] }, Matrix(rows: rows, columns: rows, vectors).selecting(order))
    }

    /// The greatest eigenvalues, in falling order, and their vectors, a row each, of a symmetric matrix.
    /// - Returns: nil where an element is not finite, or LAPACK does not converge.
    public func symmetricEigen(leading count: Int) -> (values: [Double], vectors: Matrix)? {
        precondition(rows == columns && 0...rows ~= count, "\(count) of \(rows) × \(columns)")
        // LAPACK might look for the eigenvalues of others forever.
        guard elements.allSatisfy(\.isFinite) else { return nil }
        guard count > 0 else { return ([], Matrix(zeros: 0, rows)) }
        OpenBLASThreads.adopt()
        var (matrix, values) = (elements, [Double](repeating: 0, count: rows))
        var vectors = [Double](repeating: 0, count: rows * count)
        var support = [Int32](repeating: 0, count: 2 * rows)
        var (n, first, last, found, info) = (
            Int32(rows), Int32(rows - count + 1), Int32(rows), Int32(0), Int32(0)
        )
        var (low, high, tolerance) = (0.0, 0.0, 0.0)
        var (workCount, indexCount) = (Int32(-1), Int32(-1))
        var (work, indices) = ([0.0], [Int32(0)])
        for _ in 0..<2 {
            dsyevr_(
                "V", "I", "L", &n, &matrix, &n, &low, &high, &first, &last, &tolerance, &found, &values,
                &vectors, &n, &support, &work, &workCount, &indices, &indexCount, &info)
            guard workCount == -1 else { break }
            (workCount, indexCount) = (Int32(work[0]), indices[0])
            work = [Double](repeating: 0, count: Int(workCount))
            indices = [Int32](repeating: 0, count: Int(indexCount))
        }
        guard info == 0, found == Int32(count) else { return nil }
        let order = Array((0..<count).reversed())
        return (order.map { values[$0] }, Matrix(rows: count, columns: rows, vectors).selecting(order))
    }

    /// Some rows in a given order.
    public func selecting(_ rows: [Int]) -> Matrix {
        Matrix(rows: rows.count, columns: columns, rows.flatMap { row($0) })
    }

    /// Rows for columns.
    public var transposed: Matrix {
        var result = Matrix(zeros: columns, rows)
        result.withMutableElements { result in
            for row in 0..<rows {
                for column in 0..<columns { result[column * rows + row] = elements[row * columns + column] }
            }
        }
        return result
    }
}
