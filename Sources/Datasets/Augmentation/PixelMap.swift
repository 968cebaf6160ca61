import Foundation

/// Where each pixel of a picture's variant comes from: an affine map from the variant's coordinates to the
/// picture's. Coordinates are those of pixels' centres, from 0, to the right and down.
///
/// The matrices are those of torchvision's `affine`, with the picture's centre at `((W − 1) / 2, (H − 1) / 2)`.
public struct PixelMap: Sendable, Equatable {
    var xFromX = 1.0
    var xFromY = 0.0
    var xOffset = 0.0
    var yFromX = 0.0
    var yFromY = 1.0
    var yOffset = 0.0
    /// The rows and columns that are all there is of the picture; nil for all of it.
    var region: Region?

    /// A part of a picture: its first and last columns and rows.
    struct Region: Sendable, Equatable {
        var columns: ClosedRange<Int>
        var rows: ClosedRange<Int>
    }

    /// Every pixel stays where it is.
    public static let identity = PixelMap()

    /// The point of the picture that is shown at a point of the variant.
    func source(x: Double, y: Double) -> (x: Double, y: Double) {
        (xFromX * x + xFromY * y + xOffset, yFromX * x + yFromY * y + yOffset)
    }

    /// This map and then another one; nil where that one cuts out a part, which must be of a picture.
    func followed(by next: PixelMap) -> PixelMap? {
        if self == .identity { return next }
        guard next.region == nil else { return nil }
        let offset = source(x: next.xOffset, y: next.yOffset)
        return PixelMap(
            xFromX: xFromX * next.xFromX + xFromY * next.yFromX,
            xFromY: xFromX * next.xFromY + xFromY * next.yFromY, xOffset: offset.x,
            yFromX: yFromX * next.xFromX + yFromY * next.yFromX,
            yFromY: yFromX * next.xFromY + yFromY * next.yFromY, yOffset: offset.y, region: region)
    }

    /// A linear map about the centre of a picture.
    private static func aboutCenter(
        _ height: Int, _ width: Int, _ xx: Double, _ xy: Double, _ yx: Double, _ yy: Double
    ) -> PixelMap {
        let (x, y) = (Double(width - 1) / 2, Double(height - 1) / 2)
        return PixelMap(
            xFromX: xx, xFromY: xy, xOffset: x - xx * x - xy * y, yFromX: yx, yFromY: yy,
            yOffset: y - yx * x - yy * y)
    }
}

extension PixelMap {
    /// Left and right change places.
    static func mirror(width: Int) -> PixelMap { PixelMap(xFromX: -1, xOffset: Double(width - 1)) }

    /// Top and bottom change places.
    static func upsideDown(height: Int) -> PixelMap { PixelMap(yFromY: -1, yOffset: Double(height - 1)) }

    /// A turn about the centre, counter-clockwise.
    static func rotation(degrees: Double, height: Int, width: Int) -> PixelMap {
        let angle = degrees * .pi / 180
        return aboutCenter(height, width, cos(angle), -sin(angle), sin(angle), cos(angle))
    }

    /// Rows moved against each other, about the centre, by an angle: what is above it to the right.
    static func shear(degrees: Double, height: Int, width: Int) -> PixelMap {
        aboutCenter(height, width, 1, tan(degrees * .pi / 180), 0, 1)
    }

    /// An enlargement about the centre, for factors above 1, or a reduction.
    static func zoom(_ factor: Double, height: Int, width: Int) -> PixelMap {
        aboutCenter(height, width, 1 / factor, 0, 0, 1 / factor)
    }

    /// A move by so many pixels down and to the right.
    static func translation(down: Double, right: Double) -> PixelMap {
        PixelMap(xOffset: -right, yOffset: -down)
    }

    /// A part of the picture, enlarged to its size.
    static func crop(rows: ClosedRange<Int>, columns: ClosedRange<Int>, height: Int, width: Int) -> PixelMap {
        let (down, across) = (
            Double(rows.count) / Double(height), Double(columns.count) / Double(width)
        )
        return PixelMap(
            xFromX: across, xOffset: Double(columns.lowerBound) + across / 2 - 0.5, yFromY: down,
            yOffset: Double(rows.lowerBound) + down / 2 - 0.5, region: Region(columns: columns, rows: rows))
    }
}
