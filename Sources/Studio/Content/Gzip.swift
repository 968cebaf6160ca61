import CZlib
import Foundation

/// Compression by gzip (RFC 1952).
enum Gzip {
    /// Less than this is not worth it.
    static let threshold = 1400

    /// The data compressed; nil where zlib has no memory, or it is not made smaller.
    static func compressed(_ data: Data, level: CInt = 3) -> Data? {
        var stream = z_stream()
        // 16 more than the window's bits ask for gzip's header.
        let version = ZLIB_VERSION
        guard
            deflateInit2_(
                &stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, version,
                CInt(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        guard data.count < 1 << 30 else { return nil }
        var output = Data(count: Int(deflateBound(&stream, UInt(data.count))))
        let status = data.withUnsafeBytes { input in
            output.withUnsafeMutableBytes { output in
                stream.next_in = UnsafeMutablePointer(
                    mutating: input.baseAddress?.assumingMemoryBound(to: Bytef.self))
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END, stream.total_out < data.count else { return nil }
        return output.prefix(Int(stream.total_out))
    }
}
