import Foundation
import Wording

/// The first bytes of a file that say what the checksum of the others is.
enum ChecksumBlock {
    /// How many they are: the least that HDF5 leaves to its user.
    static let size = 512
    private static let title = "Graft arrays in HDF5 from byte 512 on, whose CRC-32 is "

    /// Puts the checksum into a file that is complete otherwise.
    /// - Throws: ``KerasFileError/write(file:reason:)``
    static func fill(_ path: String, named name: String) throws {
        do {
            let file = try FileHandle(forUpdating: URL(filePath: path))
            defer { try? file.close() }
            let block = try block(of: file)
            try file.seek(toOffset: 0)
            try file.write(contentsOf: block)
        } catch { throw KerasFileError.write(file: name, reason: reason(of: error)) }
    }

    /// Compares a file with its checksum.
    /// - Throws: ``KerasFileError``
    static func check(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw KerasFileError.noFile(path) }
        let (found, expected): (Data, Data)
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            found = try file.read(upToCount: size) ?? Data()
            expected = try block(of: file)
        } catch { throw KerasFileError.unreadable(file: path, reason: reason(of: error)) }
        guard found == expected else {
            let isOurs = found.starts(with: Data(title.utf8))
            throw KerasFileError.damaged(
                file: path, reason: isOurs ? "its contents do not fit its checksum" : "it has no checksum")
        }
    }

    private static func block(of file: FileHandle) throws -> Data {
        var checksum = Checksum()
        try file.seek(toOffset: UInt64(size))
        while let data = try file.read(upToCount: 1 << 22), !data.isEmpty { checksum.add(data) }
        let text = Data("\(title)\(checksum)\n".utf8)
        return text + Data(repeating: 0, count: size - text.count)
    }
}
