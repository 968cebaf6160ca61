import Datasets

/// How training pictures are varied each time that they are shown; nil for what does not vary.
///
/// The steps are taken in the order in which they are listed here.
public struct AugmentationConfiguration: Sendable, Equatable {
    /// A part is cut out and brought to the picture's size.
    public var randomResizedCrop: RandomResizedCrop?
    /// How probable it is that left and right change places.
    public var horizontalFlip: Double
    /// How probable it is that top and bottom change places.
    public var verticalFlip: Double
    /// Degrees, counter-clockwise.
    public var rotation: RandomRange?
    /// Degrees by which columns are slanted.
    public var shear: RandomRange?
    /// Factors by which pictures are enlarged.
    public var zoom: RandomRange?
    /// Shares of the height and the width by which pictures are moved.
    public var translation: RandomTranslation?
    /// Operations drawn from a set.
    public var randAugment: RandAugment?
    /// Factors.
    public var brightness: RandomRange?
    /// Factors.
    public var contrast: RandomRange?
    /// Factors.
    public var saturation: RandomRange?
    /// Shares of the circle of hues.
    public var hue: RandomRange?
    /// How probable it is that the colours are taken away.
    public var grey: Double
    /// Standard deviations in pixels.
    public var blur: RandomRange?
    /// Standard deviations as shares of the range from black to white.
    public var noise: RandomRange?
    /// What is shown beyond the picture's edges.
    public var fill: FillMode

    /// No variation but what is given.
    public init(
        randomResizedCrop: RandomResizedCrop? = nil, horizontalFlip: Double = 0, verticalFlip: Double = 0,
        rotation: RandomRange? = nil, shear: RandomRange? = nil, zoom: RandomRange? = nil,
        translation: RandomTranslation? = nil, randAugment: RandAugment? = nil,
        brightness: RandomRange? = nil, contrast: RandomRange? = nil, saturation: RandomRange? = nil,
        hue: RandomRange? = nil, grey: Double = 0, blur: RandomRange? = nil, noise: RandomRange? = nil,
        fill: FillMode = .nearest
    ) {
        self.randomResizedCrop = randomResizedCrop
        self.horizontalFlip = horizontalFlip
        self.verticalFlip = verticalFlip
        self.rotation = rotation
        self.shear = shear
        self.zoom = zoom
        self.translation = translation
        self.randAugment = randAugment
        self.brightness = brightness
        self.contrast = contrast
        self.saturation = saturation
        self.hue = hue
        self.grey = grey
        self.blur = blur
        self.noise = noise
        self.fill = fill
        self.randAugment?.fill = fill
    }

    /// What it asks for; nil where it asks for nothing.
    public var augmentation: Augmentation? {
        let steps: [(any AugmentationStep)?] = [
            randomResizedCrop,
            horizontalFlip > 0 ? RandomFlip(.horizontal, probability: horizontalFlip) : nil,
            verticalFlip > 0 ? RandomFlip(.vertical, probability: verticalFlip) : nil,
            rotation.map(RandomRotation.init), shear.map(RandomShear.init), zoom.map(RandomZoom.init),
            translation, randAugment, brightness.map(RandomBrightness.init),
            contrast.map(RandomContrast.init), saturation.map(RandomSaturation.init),
            hue.map(RandomHue.init), grey > 0 ? RandomGrey(probability: grey) : nil,
            blur.map(RandomBlur.init), noise.map(RandomNoise.init),
        ]
        let taken = steps.compactMap(\.self)
        return taken.isEmpty ? nil : Augmentation(taken, fill: fill)
    }
}
