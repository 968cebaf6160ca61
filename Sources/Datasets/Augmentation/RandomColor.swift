import Tensors

/// Makes pictures brighter or darker, by a factor of a range.
public struct RandomBrightness: AugmentationStep, Equatable {
    /// The factors.
    public let factor: RandomRange

    /// A variation of brightness.
    public init(factor: RandomRange) { self.factor = factor }

    /// The picture in another light.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        factor.draw(using: &random).map { image.brightened(by: Float($0)) } ?? image
    }
}

/// Moves pictures' values away from their mean, or towards it, by a factor of a range.
public struct RandomContrast: AugmentationStep, Equatable {
    /// The factors; 0 leaves even grey.
    public let factor: RandomRange

    /// A variation of contrast.
    public init(factor: RandomRange) { self.factor = factor }

    /// The picture with more or less contrast.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        factor.draw(using: &random).map { image.contrasted(by: Float($0)) } ?? image
    }
}

/// Makes pictures more colourful or paler, by a factor of a range; without effect on grey ones.
public struct RandomSaturation: AugmentationStep, Equatable {
    /// The factors; 0 leaves no colour.
    public let factor: RandomRange

    /// A variation of saturation.
    public init(factor: RandomRange) { self.factor = factor }

    /// The picture with stronger or weaker colours.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        factor.draw(using: &random).map { image.saturated(by: Float($0)) } ?? image
    }
}

/// Turns pictures' colours along the circle of hues; without effect on grey ones.
public struct RandomHue: AugmentationStep, Equatable {
    /// By how much of the full circle, from -0.5 to 0.5.
    public let shift: RandomRange

    /// A variation of hue.
    public init(shift: RandomRange) { self.shift = shift }

    /// The picture in other colours.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        shift.draw(using: &random).map { image.hueShifted(by: Float($0)) } ?? image
    }
}

/// Takes the colours from some pictures.
public struct RandomGrey: AugmentationStep, Equatable {
    /// How probable it is.
    public let probability: Double

    /// A loss of colour.
    public init(probability: Double) { self.probability = probability }

    /// The picture, or its luma in three equal channels.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        random.happens(probability) && image.channels == 3 ? image.grey.rgb : image
    }
}
