import Foundation

// Follows torchvision's `functional` on 8-bit tensors.
extension Image {
    /// This picture blurred by a Gaussian. The kernel reaches 3 standard deviations, at least 1 pixel and less
    /// than the picture; beyond the edge the picture is mirrored without repeating the edge itself.
    /// - Parameter sigma: the standard deviation in pixels; 0 for no blur.
    public func blurred(sigma: Double) -> Image {
        let radius = min(max(1, Int((3 * sigma).rounded(.up))), min(height, width) - 1)
        guard sigma > 0, radius > 0 else { return self }
        let bells = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let sum = bells.reduce(0, +)
        let kernel = bells.map { Float($0 / sum) }
        let across = convolved(
            pixels.map(Float.init), kernel, lines: height, count: width, step: channels,
            stride: width * channels)
        let both = convolved(
            across, kernel, lines: 1, count: height, step: width * channels, stride: 0)
        return mapped { index, _ in both[index].rounded(.toNearestOrEven) }
    }

    /// Convolves along an axis: `count` positions, `step` values apart, in each of `lines`, `stride` apart.
    private func convolved(
        _ values: [Float], _ kernel: [Float], lines: Int, count: Int, step: Int, stride: Int
    ) -> [Float] {
        let radius = kernel.count / 2
        var result = [Float](repeating: 0, count: values.count)
        let input = values.span
        var output = result.mutableSpan
        for line in 0..<lines {
            for position in 0..<count {
                let target = line * stride + position * step
                for (tap, weight) in kernel.enumerated() {
                    let place = abs(position + tap - radius)
                    let source = line * stride + min(place, 2 * (count - 1) - place) * step
                    for element in 0..<step { output[target + element] += input[source + element] * weight }
                }
            }
        }
        return result
    }

    /// This picture with its differences from a smoothed one, whose edge is not smoothed, multiplied by a
    /// factor: below 1 softer, above 1 sharper.
    public func sharpened(by factor: Float) -> Image {
        guard height > 2, width > 2 else { return self }
        let row = width * channels
        return mapped { index, value in
            let (y, x) = (index / row, index % row / channels)
            guard y > 0, y < height - 1, x > 0, x < width - 1 else { return Float(value) }
            var sum = 4 * Int(value)
            for line in [index - row, index, index + row] {
                sum += Int(pixels[line - channels]) + Int(pixels[line]) + Int(pixels[line + channels])
            }
            let smooth = (Float(sum) / 13).rounded(.toNearestOrEven)
            return (Float(value) + (smooth - Float(value)) * (1 - factor)).rounded(.towardZero)
        }
    }
}
