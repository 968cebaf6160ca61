import Foundation
import Tensors

/// Turns pictures about their centre by an angle drawn uniformly, as far as `degrees` either way.
public struct RandomRotation: AugmentationStep, Equatable {
    /// The greatest angle.
    public let degrees: Float

    /// A rotation.
    public init(degrees: Float) { self.degrees = degrees }

    /// The turned picture.
    public func apply(to image: Image, using random: inout SeededRandom) -> Image {
        image.rotated(degrees: random.uniform(in: -abs(degrees)...abs(degrees)))
    }
}

extension Image {
    /// This picture turned counter-clockwise about its centre, in the same frame: linear interpolation
    /// between pixels, and beyond the edge the nearest pixel's value.
    public func rotated(degrees: Float) -> Image {
        let angle = Double(degrees) * .pi / 180
        let (sine, cosine) = (Float(sin(angle)), Float(cos(angle)))
        let (centerX, centerY) = (Float(width - 1) / 2, Float(height - 1) / 2)
        var values = pixels
        for row in 0..<height {
            for column in 0..<width {
                let (x, y) = (Float(column) - centerX, Float(row) - centerY)
                let point = InterpolationPoint(
                    x: cosine * x - sine * y + centerX, y: sine * x + cosine * y + centerY, in: self)
                let target = (row * width + column) * channels
                for channel in 0..<channels { values[target + channel] = point.value(in: pixels, channel) }
            }
        }
        return Image(height: height, width: width, channels: channels, pixels: values)
    }
}

/// Where a value is interpolated between four pixels, of which some coincide at an edge.
private struct InterpolationPoint {
    private let topLeft: Int
    private let topRight: Int
    private let bottomLeft: Int
    private let bottomRight: Int
    private let right: Float
    private let bottom: Float

    init(x: Float, y: Float, in image: Image) {
        let x = min(max(x, 0), Float(image.width - 1))
        let y = min(max(y, 0), Float(image.height - 1))
        let (column, row) = (Int(x), Int(y))
        let nextColumn = min(column + 1, image.width - 1)
        let nextRow = min(row + 1, image.height - 1)
        (right, bottom) = (x - Float(column), y - Float(row))
        topLeft = (row * image.width + column) * image.channels
        topRight = (row * image.width + nextColumn) * image.channels
        bottomLeft = (nextRow * image.width + column) * image.channels
        bottomRight = (nextRow * image.width + nextColumn) * image.channels
    }

    func value(in pixels: [UInt8], _ channel: Int) -> UInt8 {
        let top = Float(pixels[topLeft + channel]) * (1 - right) + Float(pixels[topRight + channel]) * right
        let below =
            Float(pixels[bottomLeft + channel]) * (1 - right) + Float(pixels[bottomRight + channel]) * right
        return UInt8(top * (1 - bottom) + below * bottom + 0.5)
    }
}
