/// A decoded picture of 8-bit values, `[H, W, C]`: rows from the top, channels interleaved.
public struct Image: Sendable, Equatable {
    /// How many rows there are.
    public let height: Int
    /// How many pixels a row has.
    public let width: Int
    /// 1 for grey, 3 for red, green and blue.
    public let channels: Int
    /// The values in row-major order, `height · width · channels` of them.
    public let pixels: [UInt8]

    /// A picture of the given values, of which there must be `height · width · channels`.
    public init(height: Int, width: Int, channels: Int, pixels: [UInt8]) {
        precondition(height > 0 && width > 0, "a picture of \(height) × \(width)")
        precondition(channels == 1 || channels == 3, "a picture of \(channels) channels")
        precondition(pixels.count == height * width * channels, "\(pixels.count) values for a picture")
        self.height = height
        self.width = width
        self.channels = channels
        self.pixels = pixels
    }
}
