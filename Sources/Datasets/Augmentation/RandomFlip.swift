import Tensors

/// Mirrors pictures, half of them if nothing else is said, left to right or top to bottom.
public struct RandomFlip: GeometricStep, Equatable {
    /// Which sides change places.
    public enum Direction: Sendable { case horizontal, vertical }

    /// Which sides change places.
    public let direction: Direction
    /// How probable it is.
    public let probability: Double

    /// A flip.
    public init(_ direction: Direction = .horizontal, probability: Double = 0.5) {
        self.direction = direction
        self.probability = probability
    }

    /// The picture or its mirror image.
    public func map(height: Int, width: Int, using random: inout SeededRandom) -> PixelMap {
        guard random.happens(probability) else { return .identity }
        return direction == .horizontal ? .mirror(width: width) : .upsideDown(height: height)
    }
}

extension Image {
    /// This picture as a mirror shows it.
    public var mirrored: Image {
        var values = pixels
        for row in 0..<height {
            for column in 0..<width {
                let source = (row * width + width - 1 - column) * channels
                let target = (row * width + column) * channels
                for channel in 0..<channels { values[target + channel] = pixels[source + channel] }
            }
        }
        return Image(height: height, width: width, channels: channels, pixels: values)
    }
}
