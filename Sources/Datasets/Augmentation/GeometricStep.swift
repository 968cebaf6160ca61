import Tensors

/// A step that moves pixels and leaves their values as they are.
public protocol GeometricStep: AugmentationStep {
    /// Where each pixel of the variant comes from; ``PixelMap/identity`` where the step is not taken.
    func map(height: Int, width: Int, using random: inout SeededRandom) -> PixelMap
}

extension GeometricStep {
    /// The variant, beyond whose edges the nearest pixels' values are shown.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        image.resampled(by: map(height: image.height, width: image.width, using: &random), fill: .nearest)
    }
}

/// What is shown where a geometric step reaches beyond the picture; Keras's names.
public enum FillMode: String, Sendable, CaseIterable {
    /// The nearest pixel of the edge: `a a a | a b c | c c c`.
    case nearest
    /// The picture as a mirror at the edge shows it: `c b a | a b c | c b a`.
    case reflect
    /// Black.
    case constant
}
