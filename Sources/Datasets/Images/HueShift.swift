extension Image {
    /// This picture with its hues moved along the circle; a grey picture as it is. Follows torchvision's
    /// `adjust_hue` on 8-bit tensors.
    /// - Parameter shift: by how much of the full circle, from -0.5 to 0.5.
    public func hueShifted(by shift: Float) -> Image {
        guard channels == 3 else { return self }
        var values = pixels
        for start in stride(from: 0, to: values.count, by: 3) {
            var color = HSV(pixels[start], pixels[start + 1], pixels[start + 2])
            color.hue += shift
            color.hue -= color.hue.rounded(.down)
            (values[start], values[start + 1], values[start + 2]) = color.rgb
        }
        return Image(height: height, width: width, channels: channels, pixels: values)
    }
}

/// A colour as hue, saturation and value, each from 0 to 1.
private struct HSV {
    var hue: Float
    let saturation: Float
    let value: Float

    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        let (red, green, blue) = (Float(red) / 255, Float(green) / 255, Float(blue) / 255)
        let (low, high) = (min(red, green, blue), max(red, green, blue))
        value = high
        guard high > low else {
            (hue, saturation) = (0, 0)
            return
        }
        let range = high - low
        saturation = range / high
        let (toRed, toGreen, toBlue) = ((high - red) / range, (high - green) / range, (high - blue) / range)
        let sixths =
            high == red ? toBlue - toGreen : high == green ? 2 + toRed - toBlue : 4 + toGreen - toRed
        hue = (sixths / 6 + 1).truncatingRemainder(dividingBy: 1)
    }

    var rgb: (UInt8, UInt8, UInt8) {
        let sixths = hue * 6
        let sector = sixths.rounded(.down)
        let fraction = sixths - sector
        let low = (1 - saturation) * value
        let falling = (1 - saturation * fraction) * value
        let rising = (1 - saturation * (1 - fraction)) * value
        let (red, green, blue) =
            switch Int(sector) % 6 {
            case 0: (value, rising, low)
            case 1: (falling, value, low)
            case 2: (low, value, rising)
            case 3: (low, falling, value)
            case 4: (rising, low, value)
            default: (value, low, falling)
            }
        return (Self.byte(red), Self.byte(green), Self.byte(blue))
    }

    /// torchvision's way to spread 0 to 1 evenly over 256 values.
    private static func byte(_ share: Float) -> UInt8 { UInt8(min(max(share, 0), 1) * 255.999) }
}
