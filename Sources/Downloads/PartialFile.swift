import Foundation
import Wording

/// The file beside the wanted one in which a download grows: `<file>.part`.
///
/// It has the wanted name only when it is complete. One that was left behind carries, as its time of
/// change, the one that the server gave: a later run can ask for the rest of just that version.
final class PartialFile {
    /// Where it is.
    let path: String
    private let target: String
    private let handle: FileHandle
    /// How many bytes it has.
    private(set) var count: Int
    /// Whether there are bytes that an earlier run left.
    private(set) var hasOldBytes: Bool

    /// Opens the partial file of a file, or makes it, with the folder that it is in.
    init(of target: String) throws(DownloadError) {
        self.target = target
        path = target + ".part"
        let url = URL(filePath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw .file(path: target, reason: "its folder cannot be made: \(reason(of: error))")
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .file(path: path, reason: "cannot be opened: \(systemReason())") }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy(path: path) }
        do {
            count = Int(try handle.seekToEnd())
            hasOldBytes = count > 0
        } catch {
            throw .file(path: path, reason: "cannot be read: \(reason(of: error))")
        }
    }

    /// When it was last changed.
    var modified: Date? {
        try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }

    /// Empties it.
    func restart() throws(DownloadError) {
        try attempt("cannot be emptied") { try handle.truncate(atOffset: 0) }
        (count, hasOldBytes) = (0, false)
    }

    /// Adds what has arrived.
    func append(_ data: Data) throws(DownloadError) {
        try attempt("cannot be written") { try handle.write(contentsOf: data) }
        count += data.count
    }

    /// Gives it the wanted name.
    func publish() throws(DownloadError) {
        try attempt("cannot be written") { try handle.synchronize() }
        guard rename(path, target) == 0 else {
            throw .file(path: target, reason: "cannot be replaced: \(systemReason())")
        }
        try? handle.close()
    }

    /// Removes it.
    func remove() {
        try? FileManager.default.removeItem(atPath: path)
        try? handle.close()
    }

    /// Leaves it for a later run; without a byte, nothing is left.
    func leave(modified: Date?) {
        guard count > 0 else { return remove() }
        try? handle.close()
        if let modified {
            try? FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: path)
        }
    }

    private func attempt(_ what: String, _ body: () throws -> Void) throws(DownloadError) {
        do { try body() } catch { throw .file(path: path, reason: "\(what): \(reason(of: error))") }
    }
}
