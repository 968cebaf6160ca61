import Datasets
import Insight
import Reports

extension Image {
    /// The picture in grey with a map's colours upon it, `[H, W, 3]`: dark where nothing counts.
    /// - Parameters:
    ///   - map: shares from 0 to 1, of any size.
    ///   - alpha: how much the colours cover.
    func overlaid(with map: HeatMap, alpha: Float = 0.6) -> Image {
        let shares = map.resized(height: height, width: width)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(height * width * 3)
        for (level, share) in zip(grey.pixels, shares.values) {
            let color = ColorMap.color(Double(share))
            for part in [color.red, color.green, color.blue] {
                pixels.append(UInt8((Float(part) * alpha + Float(level) * (1 - alpha)).rounded()))
            }
        }
        return Image(height: height, width: width, channels: 3, pixels: pixels)
    }

    /// The picture with its proportions, so many pixels at its longer side.
    func scaled(to side: Int) -> Image {
        let longest = max(height, width)
        return resized(height: max(1, height * side / longest), width: max(1, width * side / longest))
    }
}
