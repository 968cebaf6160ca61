import Tensors

/// Slants pictures: moves rows against each other, by an angle in degrees; torchvision's `shear`.
public struct RandomShear: GeometricStep, Equatable {
    /// The angles.
    public let degrees: RandomRange

    /// A shear.
    public init(degrees: RandomRange) { self.degrees = degrees }

    /// The shear.
    public func map(height: Int, width: Int, using random: inout SeededRandom) -> PixelMap {
        degrees.draw(using: &random).map { .shear(degrees: $0, height: height, width: width) } ?? .identity
    }
}
