import Datasets

extension AugmentationPreview {
    /// All pictures as one: a row for each, its variants beside it, on white.
    /// - Parameter gap: how many pixels are between them.
    public func sheet(gap: Int) -> Image {
        let lines = rows.map { [$0.original.rgb] + $0.views.map(\.rgb) }
        let height = lines.reduce(gap) { $0 + ($1.first?.height ?? 0) + gap }
        let width = lines.map { $0.reduce(gap) { $0 + $1.width + gap } }.max() ?? gap
        var pixels = [UInt8](repeating: 255, count: height * width * 3)
        var top = gap
        for line in lines {
            var left = gap
            for picture in line {
                let stride = picture.width * 3
                for row in 0..<picture.height {
                    let target = ((top + row) * width + left) * 3
                    pixels.replaceSubrange(
                        target..<target + stride, with: picture.pixels[row * stride..<(row + 1) * stride])
                }
                left += picture.width + gap
            }
            top += (line.first?.height ?? 0) + gap
        }
        return Image(height: height, width: width, channels: 3, pixels: pixels)
    }
}
