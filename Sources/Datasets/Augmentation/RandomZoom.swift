import Tensors

/// Enlarges pictures about their centre, or reduces them, by a factor of a range.
public struct RandomZoom: GeometricStep, Equatable {
    /// The factors; above 1, what is in the middle becomes larger.
    public let factor: RandomRange

    /// A zoom.
    public init(factor: RandomRange) { self.factor = factor }

    /// The enlargement.
    public func map(height: Int, width: Int, using random: inout SeededRandom) -> PixelMap {
        factor.draw(using: &random).map { .zoom($0, height: height, width: width) } ?? .identity
    }
}
