import Tensors

/// Moves pictures down and to the right, by shares of their extents.
public struct RandomTranslation: GeometricStep, Equatable {
    /// The shares of the height by which pictures are moved down.
    public let down: ClosedRange<Double>
    /// The shares of the width by which pictures are moved to the right.
    public let right: ClosedRange<Double>
    /// How probable it is that a picture is moved at all.
    public let probability: Double

    /// A translation.
    public init(down: ClosedRange<Double>, right: ClosedRange<Double>, probability: Double = 1) {
        self.down = down
        self.right = right
        self.probability = probability
    }

    /// The move.
    public func map(height: Int, width: Int, using random: inout SeededRandom) -> PixelMap {
        guard random.happens(probability) else { return .identity }
        let (down, right) = (random.uniform(in: down), random.uniform(in: right))
        return .translation(down: down * Double(height), right: right * Double(width))
    }
}
