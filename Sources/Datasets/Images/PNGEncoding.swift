import CImageCodecs
import Foundation

extension Image {
    /// This picture as a PNG file.
    /// - Throws: ``DatasetError/request(_:expected:found:)`` where there is no memory for it.
    public func png() throws(DatasetError) -> Data {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        let isEncoded = graft_encode_png(pixels, width, height, CInt(channels), &bytes, &count)
        defer { graft_bytes_free(bytes) }
        guard isEncoded != 0, let bytes else {
            throw .request(
                "PNG of \(width) × \(height) pixels", expected: "memory for it", found: "too little")
        }
        return Data(bytes: bytes, count: count)
    }
}
