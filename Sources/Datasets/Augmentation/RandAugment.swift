import Tensors

/// A few operations, drawn for each picture, of one strength: torchvision's `RandAugment`, its set of
/// operations and its magnitudes.
///
/// Unlike there, pictures are interpolated linearly, and beyond their edges the fill mode is shown.
///
/// Cubuk, Zoph, Shlens and Le, "RandAugment: practical automated data augmentation with a reduced search
/// space", NeurIPS 2020.
public struct RandAugment: AugmentationStep, Equatable {
    /// How many operations are drawn for a picture, one after the other; the same may come twice.
    public var operationCount: Int
    /// How strong they are, from 0 to `magnitudeBins` − 1.
    public var magnitude: Int
    /// How many magnitudes there are.
    public var magnitudeBins: Int
    /// How probable it is that any is applied.
    public var probability: Double
    /// What is shown beyond the picture's edges.
    public var fill: FillMode

    /// A RandAugment with torchvision's defaults.
    public init(
        operationCount: Int = 2, magnitude: Int = 9, magnitudeBins: Int = 31, probability: Double = 1,
        fill: FillMode = .nearest
    ) {
        self.operationCount = operationCount
        self.magnitude = magnitude
        self.magnitudeBins = magnitudeBins
        self.probability = probability
        self.fill = fill
    }

    /// The picture after the operations that were drawn.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        guard random.happens(probability) else { return image }
        let kinds = RandAugmentOperation.Kind.allCases
        let strength = Double(magnitude) / Double(max(magnitudeBins - 1, 1))
        return (0..<operationCount).reduce(image) { image, _ in
            let operation = RandAugmentOperation(
                kinds[random.index(below: kinds.count)], strength: strength,
                isNegative: random.happens(0.5))
            return operation.apply(to: image, fill: fill)
        }
    }
}
