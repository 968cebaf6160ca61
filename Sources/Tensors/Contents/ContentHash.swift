import CCrypto
import Foundation

/// Identifies contents, wherever they lie: the first 16 bytes of their SHA-256 (FIPS 180-4).
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes it has.
    public static let byteCount = 16

    private let high: UInt64
    private let low: UInt64

    /// The hash of some bytes.
    public init(of data: Data) {
        var hasher = ContentHasher()
        hasher.add(data)
        self = hasher.finish()
    }

    /// The hash of a text's UTF-8.
    public init(of text: String) { self.init(of: Data(text.utf8)) }

    /// A hash that was written as bytes, of which there must be 16 from `offset` on.
    package init(bytes: Data, at offset: Int = 0) {
        func word(_ start: Int) -> UInt64 {
            bytes.dropFirst(offset + start).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        (high, low) = (word(0), word(8))
    }

    /// The hash as bytes.
    package var bytes: Data {
        Data(
            [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } })
    }

    /// 32 hexadecimal digits.
    public var description: String {
        [high, low].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// Works out a ``ContentHash`` from contents that come in pieces.
public struct ContentHasher {
    // One owner at a time: a copy would go on with the same state.
    private let digest = Digest()

    /// A hash of nothing yet.
    public init() {}

    /// Goes on with bytes.
    public mutating func add(_ data: Data) { data.withUnsafeBytes { digest.update($0) } }

    /// Goes on with an array's bytes.
    public mutating func add(_ tensor: Tensor) {
        tensor.withUnsafeElements { digest.update(UnsafeRawBufferPointer($0)) }
    }

    /// Goes on with bytes that are not in `Data`.
    public mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { digest.update($0) } }

    /// Goes on with a text, and how long it is, so that two texts cannot pass for two others.
    public mutating func add(_ text: String) {
        let utf8 = Array(text.utf8)
        add(Array("\(utf8.count):".utf8))
        add(utf8)
    }

    /// Goes on with another hash.
    public mutating func add(_ hash: ContentHash) { add(hash.bytes) }

    /// The hash of everything so far; nothing can be added afterwards.
    public consuming func finish() -> ContentHash { ContentHash(bytes: digest.finish()) }

    /// The whole SHA-256 of everything so far, 64 hexadecimal digits; nothing can be added afterwards.
    public consuming func finishSHA256() -> String {
        digest.finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// OpenSSL's digest under way.
    private final class Digest {
        private let context: OpaquePointer

        init() {
            guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
                // Every OpenSSL has it; without memory for its state nothing else would go on either.
                fatalError("OpenSSL has no SHA-256")
            }
            self.context = context
        }

        deinit { EVP_MD_CTX_free(context) }

        func update(_ bytes: UnsafeRawBufferPointer) {
            _ = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        }

        func finish() -> Data {
            var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
            EVP_DigestFinal_ex(context, &bytes, nil)
            return Data(bytes.prefix(32))
        }
    }
}
