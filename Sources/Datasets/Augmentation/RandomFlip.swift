import Tensors

/// Mirrors half of the pictures, left to right.
public struct RandomFlip: AugmentationStep, Equatable {
    /// A flip.
    public init() {}

    /// The picture or its mirror image.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        random.uniform() < 0.5 ? image.mirrored : image
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
