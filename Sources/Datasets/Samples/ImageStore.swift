/// Grey pictures of one size, one after the other in one array: what FER-2013 and MNIST consist of.
final class ImageStore: Sendable {
    let height: Int
    let width: Int
    private let pixels: [UInt8]

    init(height: Int, width: Int, pixels: [UInt8]) {
        self.height = height
        self.width = width
        self.pixels = pixels
    }

    subscript(position: Int) -> Image {
        let size = height * width
        let values = Array(pixels[position * size..<(position + 1) * size])
        return Image(height: height, width: width, channels: 1, pixels: values)
    }
}
