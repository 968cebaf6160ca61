import Tensors
import Testing

@Suite struct SymmetricMatrixTests {
    /// A symmetric matrix of random numbers.
    private static func matrix(_ size: Int) -> Matrix {
        var random = SeededRandom(seed: 8)
        let half = Matrix(rows: size, columns: size, (0..<size * size).map { _ in Double(random.normal()) })
        return half.times(half, otherTransposed: true)
    }

    @Test func `The leading eigenvalues and vectors are the first of all, up to a sign`() throws {
        let matrix = Self.matrix(9)
        let all = try #require(matrix.symmetricEigen())
        let leading = try #require(matrix.symmetricEigen(leading: 3))
        #expect(zip(leading.values, all.values).allSatisfy { abs($0 - $1) < 1e-10 * all.values[0] })
        for row in 0..<3 {
            let product = zip(leading.vectors.row(row), all.vectors.row(row)).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(abs(product) - 1) < 1e-10)
        }
        #expect(try #require(matrix.symmetricEigen(leading: 9)).values.count == 9)
        #expect(try #require(matrix.symmetricEigen(leading: 0)).vectors.rows == 0)
    }

    @Test func `A matrix with a number that is none has no eigenvalues`() {
        var matrix = Self.matrix(4)
        matrix[2, 2] = .nan
        #expect(matrix.symmetricEigen(leading: 2) == nil)
    }
}
