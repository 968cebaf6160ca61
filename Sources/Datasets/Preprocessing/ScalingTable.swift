import Tensors

extension PixelScaling {
    /// A network's input from pictures.
    /// - Parameters:
    ///   - images: N pictures of height H and width W; grey ones are repeated for each channel, coloured ones
    ///     become grey where the network has one channel.
    ///   - input: the network's input, `[H, W, C]` with 1 or 3 channels.
    /// - Returns: `[N, H, W, C]`.
    public func tensor(of images: [Image], input: Shape) -> Tensor {
        let table = ScalingTable(self, channels: input[2])
        let size = input.elementCount
        return Tensor(shape: input.batched(images.count)) { elements in
            for (position, image) in images.enumerated() {
                precondition(
                    image.height == input[0] && image.width == input[1],
                    "a picture of \(image.height) × \(image.width) for an input of \(input)")
                table.scale(input[2] == 1 ? image.grey : image, into: &elements, at: position * size)
            }
        }
    }
}

/// The scaled value of each of the 256 levels, for each channel: exact, and no arithmetic is left to do.
private struct ScalingTable {
    private let channels: Int
    /// For each channel of the network, which channel of the picture it is.
    private let sources: [Int]
    /// `[channels, 256]`.
    private let values: [Float]

    init(_ scaling: PixelScaling, channels: Int) {
        self.channels = channels
        sources = channels == 1 ? [0] : scaling.reversesChannels ? [2, 1, 0] : [0, 1, 2]
        let means = channels == 1 ? [Self.average(scaling.mean)] : scaling.mean
        let deviations = channels == 1 ? [Self.average(scaling.deviation)] : scaling.deviation
        values = zip(means, deviations).flatMap { mean, deviation in
            (0..<256).map { (Float($0) - mean) / deviation }
        }
    }

    private static func average(_ values: [Float]) -> Float {
        // Not of three equal ones, where rounding could change them.
        values[0] == values[1] && values[1] == values[2] ? values[0] : values.reduce(0, +) / 3
    }

    func scale(_ image: Image, into elements: inout MutableSpan<Float>, at start: Int) {
        let (pixels, values) = (image.pixels.span, values.span)
        if image.channels == 1 {
            for pixel in pixels.indices {
                let level = Int(pixels[pixel])
                for channel in 0..<channels {
                    elements[start + pixel * channels + channel] = values[channel << 8 + level]
                }
            }
        } else {
            let (first, second, third) = (sources[0], sources[1], sources[2])
            for pixel in stride(from: 0, to: pixels.count, by: 3) {
                elements[start + pixel] = values[Int(pixels[pixel + first])]
                elements[start + pixel + 1] = values[256 + Int(pixels[pixel + second])]
                elements[start + pixel + 2] = values[512 + Int(pixels[pixel + third])]
            }
        }
    }
}
