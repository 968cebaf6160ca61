import Foundation
import Tensors
import Testing

@Suite struct CholeskyFactorTests {
    private let matrix: [Double] = [4, 2, 2, 2, 5, 3, 2, 3, 6]

    @Test func `A system of equations is solved`() throws {
        let factor = try #require(CholeskyFactor(matrix, size: 3))
        let solution = factor.solution(of: [8, 10, 11, 4, 2, 2])
        for (found, expected) in zip(solution, [1, 1, 1, 1, 0, 0].map(Double.init)) {
            #expect(abs(found - expected) < 1e-12)
        }
        #expect(abs(factor.logDeterminant - log(64)) < 1e-12)
    }

    @Test func `The inverse is whole, and the lower system is that of the factor`() throws {
        let factor = try #require(CholeskyFactor(matrix, size: 3))
        let inverse = factor.inverse
        for row in 0..<3 {
            for column in 0..<3 {
                let product = (0..<3).reduce(0) { $0 + matrix[row * 3 + $1] * inverse[column * 3 + $1] }
                #expect(abs(product - (row == column ? 1 : 0)) < 1e-12)
            }
        }
        // The squares of L⁻¹ b add up to b' A⁻¹ b.
        let half = factor.lowerSolution(of: [1, 2, 3])
        let whole = factor.solution(of: [1, 2, 3])
        let square = zip([1, 2, 3], whole).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(half.reduce(0) { $0 + $1 * $1 } - square) < 1e-12)
    }

    @Test func `A matrix that is not positive definite has no factor`() {
        #expect(CholeskyFactor([1, 2, 2, 1], size: 2) == nil)
    }
}
