import Foundation

/// One of RandAugment's operations, of a certain strength.
public struct RandAugmentOperation: Sendable, Equatable {
    /// The operations, by torchvision's names in lower case.
    public enum Kind: String, Sendable, CaseIterable {
        case identity
        case shearX = "shear_x"
        case shearY = "shear_y"
        case translateX = "translate_x"
        case translateY = "translate_y"
        case rotate, brightness, color, contrast, sharpness, posterize, solarize
        case autoContrast = "auto_contrast"
        case equalize
    }

    /// What is done.
    public let kind: Kind
    /// How much, from 0 to 1.
    public let strength: Double
    /// Whether in the other direction, where there are two.
    public let isNegative: Bool

    /// An operation.
    public init(_ kind: Kind, strength: Double, isNegative: Bool) {
        self.kind = kind
        self.strength = strength
        self.isNegative = isNegative
    }

    /// The changed picture.
    public func apply(to image: Image, fill: FillMode) -> Image {
        switch kind {
        case .identity: image
        case .shearX, .shearY, .translateX, .translateY, .rotate:
            image.resampled(by: map(height: image.height, width: image.width), fill: fill)
        case .brightness: image.brightened(by: factor)
        case .color: image.saturated(by: factor)
        case .contrast: image.contrasted(by: factor)
        case .sharpness: image.sharpened(by: factor)
        case .posterize: image.posterized(bits: 8 - Int((4 * strength).rounded(.toNearestOrEven)))
        case .solarize: image.solarized(threshold: Float(255 * (1 - strength)))
        case .autoContrast: image.autoContrasted
        case .equalize: image.equalized
        }
    }

    private var sign: Double { isNegative ? -1 : 1 }
    private var factor: Float { Float(1 + sign * 0.9 * strength) }

    private var slope: Double { sign * 0.3 * strength }

    private func map(height: Int, width: Int) -> PixelMap {
        switch kind {
        // About the upper left corner, as AutoAugment's authors did.
        case .shearX: PixelMap(xFromY: slope, xOffset: slope / 2)
        case .shearY: PixelMap(yFromX: slope, yOffset: slope / 2)
        case .translateX: .translation(down: 0, right: distance(width))
        case .translateY: .translation(down: distance(height), right: 0)
        case .rotate: .rotation(degrees: sign * 30 * strength, height: height, width: width)
        default: .identity
        }
    }

    /// Whole pixels, of at most 150 in a picture of 331.
    private func distance(_ extent: Int) -> Double {
        (sign * 150 / 331 * Double(extent) * strength).rounded(.towardZero)
    }
}
