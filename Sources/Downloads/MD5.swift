import CCrypto
import Foundation
import Wording

/// MD5 (RFC 1321), which is what Keras publishes of its files: against damage, not against forgery.
enum MD5 {
    /// The digest of a file, in small hexadecimal digits.
    static func ofFile(_ path: String) throws(DownloadError) -> String {
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            guard let digest = Digest() else {
                throw DownloadError.file(path: path, reason: "cannot be checked: OpenSSL has no MD5 here")
            }
            while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { digest.update(piece) }
            return digest.finish()
        } catch let error as DownloadError {
            throw error
        } catch {
            throw .file(path: path, reason: "cannot be read: \(reason(of: error))")
        }
    }

    /// OpenSSL's digest under way.
    private final class Digest {
        private let context: OpaquePointer

        init?() {
            guard let context = EVP_MD_CTX_new() else { return nil }
            self.context = context
            guard EVP_DigestInit_ex(context, EVP_md5(), nil) == 1 else { return nil }
        }

        deinit { EVP_MD_CTX_free(context) }

        func update(_ piece: Data) {
            piece.withUnsafeBytes { _ = EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        }

        func finish() -> String {
            var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
            var count: UInt32 = 0
            EVP_DigestFinal_ex(context, &bytes, &count)
            return bytes.prefix(Int(count)).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
        }
    }
}
