import Tensors

/// Blurs pictures by a Gaussian whose standard deviation, in pixels, is drawn from a range.
public struct RandomBlur: AugmentationStep, Equatable {
    /// The standard deviations; 0 leaves a picture as it is.
    public let sigma: RandomRange

    /// A blur.
    public init(sigma: RandomRange) { self.sigma = sigma }

    /// The blurred picture.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        sigma.draw(using: &random).map { image.blurred(sigma: $0) } ?? image
    }
}

/// Adds Gaussian noise to pictures, another number to each value.
public struct RandomNoise: AugmentationStep, Equatable {
    /// The noise's standard deviations, as shares of the range from black to white.
    public let deviation: RandomRange

    /// A noise.
    public init(deviation: RandomRange) { self.deviation = deviation }

    /// The noisy picture, rounded and cut off at black and white.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        guard let deviation = deviation.draw(using: &random), deviation > 0 else { return image }
        let scale = 255 * Float(deviation)
        return image.mapped { _, value in Float(value) + (scale * random.normal()).rounded(.toNearestOrEven) }
    }
}
