import Foundation

/// What `sha256sum` says of a file, which is read piece by piece.
public enum FileDigest {
    /// The whole SHA-256, 64 hexadecimal digits.
    /// - Throws: Foundation's error where the file cannot be read.
    public static func sha256(ofFile path: String) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        var hasher = ContentHasher()
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hasher.add(piece) }
        return hasher.finishSHA256()
    }
}
