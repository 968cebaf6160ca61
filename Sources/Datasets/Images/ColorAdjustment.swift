// Follows torchvision's `functional` on 8-bit tensors: 32-bit arithmetic, cut off at 0 and 255, fractions
// dropped.
extension Image {
    /// This picture with all values multiplied by a factor.
    public func brightened(by factor: Float) -> Image {
        let table = (0...255).map { UInt8(min(max(Float($0) * factor, 0), 255)) }
        return replacingValues(by: table)
    }

    /// This picture with the distances of its values to their mean, that of its luma, multiplied by a factor.
    public func contrasted(by factor: Float) -> Image {
        let sum = (0..<height * width).reduce(0.0) { $0 + Double(luma(at: $1)) }
        let mean = Float(sum / Double(height * width))
        let table = (0...255).map { UInt8(min(max(Float($0) * factor + mean * (1 - factor), 0), 255)) }
        return replacingValues(by: table)
    }

    /// This picture with the distances of its colours to grey multiplied by a factor; a grey picture as it is.
    public func saturated(by factor: Float) -> Image {
        guard channels == 3 else { return self }
        var grey: Float = 0
        return mapped { index, value in
            if index % 3 == 0 { grey = luma(at: index / 3) }
            return (Float(value) * factor + grey * (1 - factor)).rounded(.towardZero)
        }
    }

    /// The luma of a pixel, without fraction, by torchvision's weights.
    private func luma(at pixel: Int) -> Float {
        guard channels == 3 else { return Float(pixels[pixel]) }
        let (red, green) = (Float(pixels[3 * pixel]), Float(pixels[3 * pixel + 1]))
        return (red * 0.2989 + green * 0.587 + Float(pixels[3 * pixel + 2]) * 0.114).rounded(.down)
    }

    /// This picture with each value replaced by one of 256.
    func replacingValues(by table: [UInt8]) -> Image {
        Image(height: height, width: width, channels: channels, pixels: pixels.map { table[Int($0)] })
    }

    /// This picture with each value, of a given position, made another, which is cut off at 0 and 255.
    func mapped(_ transform: (_ index: Int, _ value: UInt8) -> Float) -> Image {
        var values = pixels
        for index in values.indices {
            values[index] = UInt8(min(max(transform(index, pixels[index]), 0), 255))
        }
        return Image(height: height, width: width, channels: channels, pixels: values)
    }
}
