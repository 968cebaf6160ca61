import Tensors

/// Turns pictures about their centre, counter-clockwise by degrees of a range.
public struct RandomRotation: GeometricStep, Equatable {
    /// The angles.
    public let degrees: RandomRange

    /// A rotation.
    public init(degrees: RandomRange) { self.degrees = degrees }

    /// A rotation as far as `degrees` either way.
    public init(degrees: Float) {
        let limit = Double(abs(degrees))
        self.init(degrees: RandomRange(-limit...limit))
    }

    /// The turn.
    public func map(height: Int, width: Int, using random: inout SeededRandom) -> PixelMap {
        degrees.draw(using: &random).map { .rotation(degrees: $0, height: height, width: width) } ?? .identity
    }
}

extension Image {
    /// This picture turned counter-clockwise about its centre, in the same frame: linear interpolation
    /// between pixels, and beyond the edge the nearest pixel's value.
    public func rotated(degrees: Float) -> Image {
        resampled(by: .rotation(degrees: Double(degrees), height: height, width: width))
    }
}
