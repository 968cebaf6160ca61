import Tensors

/// One way to vary a picture at random, whose class stays the same.
///
/// To add a kind, write a type that conforms, in a file of its own; one that only moves pixels conforms to
/// ``GeometricStep``.
public protocol AugmentationStep: Sendable {
    /// A variant of a picture, of the same extents.
    /// - Parameter random: the only source of chance; it belongs to this step, epoch and sample.
    func apply(to image: Image, using random: inout SeededRandom) -> Image
}

/// Steps that vary training pictures, one after the other, each time they are seen.
///
/// Geometric steps that follow each other are composed, and the picture is resampled once for all of them:
/// it stays sharper than after a resampling each, and takes less time.
public struct Augmentation: Sendable {
    /// The steps, in the order in which they are applied.
    public var steps: [any AugmentationStep]
    /// What geometric steps show where there is no picture.
    public var fill: FillMode

    /// An augmentation of the given steps.
    public init(_ steps: [any AugmentationStep], fill: FillMode = .nearest) {
        self.steps = steps
        self.fill = fill
    }

    /// An augmentation of the usual steps.
    /// - Parameters:
    ///   - horizontalFlip: whether half of the pictures are mirrored.
    ///   - rotation: by how many degrees at most pictures are turned, either way.
    public init(horizontalFlip: Bool = false, rotation: Float = 0) {
        self.init([])
        if horizontalFlip { steps.append(RandomFlip()) }
        if rotation != 0 { steps.append(RandomRotation(degrees: rotation)) }
    }

    /// The variant of a picture for an epoch: the same for the same numbers, whoever asks and when.
    public func apply(to image: Image, seed: UInt64, epoch: Int, sample: Int) -> Image {
        var result = image
        var pending = PixelMap.identity
        for (position, step) in steps.enumerated() {
            var random = SeededRandom(seed: seed, stream: RandomStream.augmentation, epoch, sample, position)
            guard let step = step as? any GeometricStep else {
                result = step.apply(to: result.resampled(by: pending, fill: fill), using: &random)
                pending = .identity
                continue
            }
            let map = step.map(height: image.height, width: image.width, using: &random)
            if let composed = pending.followed(by: map) {
                pending = composed
            } else {
                result = result.resampled(by: pending, fill: fill)
                pending = map
            }
        }
        return result.resampled(by: pending, fill: fill)
    }
}
