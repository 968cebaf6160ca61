import CImageCodecs
import Foundation
import Wording

extension Image {
    /// The most pixels that a picture may have: those of a camera with 128 megapixels. A small file can
    /// claim to be much larger.
    public static let pixelLimit = 1 << 27

    /// Decodes a JPEG, PNG or TIFF file, of 1 or 3 channels.
    ///
    /// A transparency channel is dropped, a palette resolved, CMYK converted as Pillow does, and of 16 bits
    /// the upper 8 are kept. A picture that is cut short or damaged is an error, even where the codec could
    /// fill in what is missing.
    /// - Throws: ``DatasetError`` that names the file.
    public init(contentsOfFile path: String) throws(DatasetError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw .unreadable(path: path, reason: reason(of: error))
        }
        self = try Image(decoding: data, path: path)
    }

    /// Decodes the contents of a JPEG, PNG or TIFF file.
    /// - Parameter path: what errors say of where the data comes from.
    /// - Throws: ``DatasetError`` that names the path.
    public init(
        decoding data: Data, path: String, pixelLimit: Int = Image.pixelLimit
    ) throws(DatasetError) {
        guard let format = ImageFormat(of: data) else {
            throw .image(
                path: path, reason: data.isEmpty ? "the file is empty" : "neither JPEG nor PNG nor TIFF")
        }
        var decoded = graft_image()
        let status = data.withUnsafeBytes { bytes in
            let start = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
            return switch format {
            case .jpeg: graft_decode_jpeg(start, bytes.count, pixelLimit, &decoded)
            case .png: graft_decode_png(start, bytes.count, pixelLimit, &decoded)
            case .tiff: graft_decode_tiff(start, bytes.count, pixelLimit, &decoded)
            }
        }
        defer { graft_image_free(&decoded) }
        try Self.check(status, decoded, path: path, limit: pixelLimit)
        self.init(
            height: decoded.height, width: decoded.width, channels: Int(decoded.channels),
            pixels: Array(
                UnsafeBufferPointer(
                    start: decoded.pixels, count: decoded.height * decoded.width * Int(decoded.channels))))
    }

    private static func check(
        _ status: CInt, _ decoded: graft_image, path: String, limit: Int
    ) throws(DatasetError) {
        switch Int(status) {
        case Int(GRAFT_DECODED): return
        case Int(GRAFT_TOO_LARGE):
            throw .imageTooLarge(path: path, width: decoded.width, height: decoded.height, limit: limit)
        case Int(GRAFT_OUT_OF_MEMORY):
            throw .image(
                path: path, reason: "no memory for \(decoded.width) × \(decoded.height) pixels")
        case Int(GRAFT_UNSUPPORTED): throw .image(path: path, reason: "\(message(decoded)) is not supported")
        default: throw .image(path: path, reason: message(decoded))
        }
    }

    private static func message(_ decoded: graft_image) -> String {
        let text = withUnsafeBytes(of: decoded.message) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        return text.isEmpty ? "the data is damaged" : text
    }
}
