import Foundation
import Tensors

/// 64 bits that say what a picture looks like, and hardly change when it is resized, recoded or a little
/// brighter: which of its 64 lowest frequencies are stronger than the median of them.
///
/// As `phash` of the Python package ImageHash, but for the triangle filter that the picture is brought to 32 × 32
/// grey pixels by.
///
/// Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010.
public struct PerceptualHash: Sendable, Hashable {
    /// The bits, the lowest frequency first, from the highest bit on; rows are vertical frequencies.
    public let bits: UInt64

    /// The hash of these bits.
    public init(bits: UInt64) { self.bits = bits }

    /// The hash of a picture.
    public init(_ image: Image) {
        let side = Self.side
        let pixels = image.grey.resized(height: side, width: side).pixels
        // The lowest horizontal frequencies of each row, then the lowest vertical ones of those.
        var rows = [Float](repeating: 0, count: side * 8)
        for row in 0..<side {
            for frequency in 0..<8 {
                var sum: Float = 0
                for x in 0..<side {
                    sum += Float(pixels[row * side + x]) * Self.cosines[frequency * side + x]
                }
                rows[row * 8 + frequency] = sum
            }
        }
        var lowest = [Float](repeating: 0, count: 64)
        for vertical in 0..<8 {
            for row in 0..<side {
                let weight = Self.cosines[vertical * side + row]
                for frequency in 0..<8 {
                    lowest[vertical * 8 + frequency] += weight * rows[row * 8 + frequency]
                }
            }
        }
        let sorted = lowest.sorted()
        let median = (sorted[31] + sorted[32]) / 2
        bits = lowest.reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) }
    }

    /// How many bits differ, from 0 for pictures that look alike to about 32 for those that do not.
    public func distance(to other: PerceptualHash) -> Int { (bits ^ other.bits).nonzeroBitCount }

    private static let side = 32

    /// The discrete cosine transform's first 8 rows (type II).
    private static let cosines: [Float] = (0..<8).flatMap { frequency in
        (0..<side).map { x in
            Float(cos(Double.pi * Double(frequency) * (2 * Double(x) + 1) / Double(2 * side)))
        }
    }
}
