import COpenBLAS

/// A matrix of Float64, row after row, multiplied and factorized by OpenBLAS on ``ComputeThreads`` threads.
public struct Matrix: Sendable, Equatable {
    /// How many rows there are.
    public let rows: Int
    /// How many columns there are.
    public let columns: Int
    /// The elements, row after row.
    public private(set) var elements: [Double]

    /// A matrix of given elements, of which there must be `rows · columns`.
    public init(rows: Int, columns: Int, _ elements: [Double]) {
        precondition(elements.count == rows * columns, "\(elements.count) elements for \(rows) × \(columns)")
        (self.rows, self.columns, self.elements) = (rows, columns, elements)
    }

    /// A matrix of zeros.
    public init(zeros rows: Int, _ columns: Int) {
        self.init(rows: rows, columns: columns, Array(repeating: 0, count: rows * columns))
    }

    /// The rows of a tensor `[N, …]`.
    public init(_ tensor: Tensor) {
        let rows = tensor.shape[0]
        self.init(
            rows: rows, columns: rows == 0 ? 0 : tensor.elementCount / rows, tensor.elements.map(Double.init))
    }

    /// An element.
    public subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    /// A row.
    public func row(_ number: Int) -> ArraySlice<Double> {
        elements[number * columns..<(number + 1) * columns]
    }

    /// Some rows, one after the other.
    public func rows(_ range: Range<Int>) -> Matrix {
        Matrix(
            rows: range.count, columns: columns,
            Array(elements[range.lowerBound * columns..<range.upperBound * columns]))
    }

    /// The matrix with every element changed.
    public func map(_ transform: (_ row: Int, _ column: Int, Double) -> Double) -> Matrix {
        var result = self
        var index = 0
        for row in 0..<rows {
            for column in 0..<columns {
                result.elements[index] = transform(row, column, elements[index])
                index += 1
            }
        }
        return result
    }

    /// Changes the elements in place.
    package mutating func withMutableElements(_ body: (inout [Double]) -> Void) { body(&elements) }

    /// The mean of every column.
    public var columnMeans: [Double] { columnSums.map { $0 / Double(max(rows, 1)) } }

    /// The sum of every column.
    public var columnSums: [Double] {
        var sums = [Double](repeating: 0, count: columns)
        for row in 0..<rows { for column in 0..<columns { sums[column] += elements[row * columns + column] } }
        return sums
    }

    /// `A B`, with either transposed first.
    public func times(
        _ other: Matrix, transposed: Bool = false, otherTransposed: Bool = false
    ) -> Matrix {
        let (m, k) = transposed ? (columns, rows) : (rows, columns)
        let (inner, n) = otherTransposed ? (other.columns, other.rows) : (other.rows, other.columns)
        precondition(k == inner, "\(m) × \(k) times \(inner) × \(n)")
        var result = Matrix(zeros: m, n)
        guard m > 0, n > 0, k > 0 else { return result }
        OpenBLASThreads.adopt()
        cblas_dgemm(
            CblasRowMajor, transposed ? CblasTrans : CblasNoTrans,
            otherTransposed ? CblasTrans : CblasNoTrans,
            blasint(m), blasint(n), blasint(k), 1, elements, blasint(columns), other.elements,
            blasint(other.columns), 0, &result.elements, blasint(n))
        return result
    }
}

/// Lets OpenBLAS use as many threads as the rest does.
enum OpenBLASThreads {
    static func adopt() { openblas_set_num_threads(Int32(ComputeThreads.current)) }
}
