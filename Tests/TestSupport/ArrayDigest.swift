import Foundation
import Tensors

/// What is committed of an array that another program calculated: enough to notice any difference.
///
/// `Tests/Fixtures/oracle/seeded.py` writes it. The projections on random directions tell the norm of the
/// difference to another array, because the mean square of a projection of a vector on directions from
/// [-1, 1) is a third of the vector's square.
public struct ArrayDigest: Decodable, Sendable {
    /// The Euclidean norm.
    public let norm: Double
    /// The largest absolute value.
    public let largest: Double
    private let projections: [Double]
    private let samples: Data

    /// How far an array is from the digested one.
    public struct Difference: Sendable {
        /// The largest difference among the samples (all elements, of a small array), as a share of the
        /// largest element.
        public let ofSamples: Double
        /// The estimated norm of the difference, as a share of the norm.
        public let ofNorm: Double
    }

    /// Compares with an array. A difference from an array that is zero but for rounding (the gradient of a
    /// bias in front of a normalization, say) is counted absolutely.
    public func difference(from found: Tensor) -> Difference {
        let squares = zip(projections, Self.directions).map { projection, direction in
            let difference = Self.project(found, on: direction) - projection
            return difference * difference
        }
        let norm = (3 * squares.reduce(0, +) / Double(squares.count)).squareRoot()
        return Difference(
            ofSamples: largestDifference(from: found) / (isZero ? 1 : largest),
            ofNorm: norm / (isZero ? 1 : self.norm))
    }

    private var isZero: Bool { largest < 1e-12 }

    private func largestDifference(from found: Tensor) -> Double {
        let wanted = samples.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        let isWhole = wanted.count == found.elementCount
        guard isWhole || wanted.count < found.elementCount else { return .infinity }
        return wanted.indices.map { index in
            let position = isWhole ? index : index * found.elementCount / wanted.count
            return abs(Double(found[position]) - Double(wanted[index]))
        }.max() ?? 0
    }

    private static let directions = (0..<4).map { SeededArrays.array("direction \($0)", [65521]) }

    private static func project(_ array: Tensor, on direction: Tensor) -> Double {
        array.withElements { elements in
            direction.withElements { direction in
                var sum = 0.0
                var position = 0
                for index in elements.indices {
                    sum += Double(elements[index]) * Double(direction[position])
                    position = position + 1 == direction.count ? 0 : position + 1
                }
                return sum
            }
        }
    }
}
