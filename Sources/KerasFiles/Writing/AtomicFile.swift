import Foundation
import Wording

/// Makes a file appear complete or not at all.
enum AtomicFile {
    /// Lets `body` write a file beside the one wanted, which then takes its place.
    /// - Parameter willReplace: is called when the new file is complete, and the old one still there.
    /// - Throws: what `body` throws, or ``KerasFileError/write(file:reason:)``; nothing is left behind.
    static func write(
        _ path: String, willReplace: () -> Void = {}, _ body: (_ temporary: String) throws -> Void
    ) throws {
        let target = URL(filePath: path)
        let folder = target.deletingLastPathComponent()
        guard FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)) else {
            throw KerasFileError.write(file: path, reason: "there is no such folder")
        }
        let temporary = folder.appending(path: ".\(target.lastPathComponent).\(UUID().uuidString).tmp")
            .path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        try body(temporary)
        do {
            // Else a power cut could leave the new name with nothing behind it.
            let file = try FileHandle(forUpdating: URL(filePath: temporary))
            try file.synchronize()
            try file.close()
        } catch {
            throw KerasFileError.write(file: path, reason: reason(of: error))
        }
        willReplace()
        guard rename(temporary, path) == 0 else {
            throw KerasFileError.write(file: path, reason: systemReason())
        }
        synchronize(folder)
    }

    /// Brings a folder's new names to the disk; where a file system cannot, the file is whole all the same.
    private static func synchronize(_ folder: URL) {
        let descriptor = open(folder.path(percentEncoded: false), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
