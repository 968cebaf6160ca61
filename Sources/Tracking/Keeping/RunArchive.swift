import CLibZip
import Foundation
import Wording

/// A run's folder, or a sweep's, as a zip archive.
public enum RunArchive {
    /// Writes an archive of everything in a folder, whole or not at all, and reads it once more to be sure.
    /// - Parameters:
    ///   - folder: its name is the first part of the entries' names.
    ///   - file: the archive; one that is there is replaced.
    ///   - observe: is told of the work's share that is done, and may throw to end it.
    /// - Returns: how many files are in it.
    /// - Throws: ``TrackingError/unwritable(file:reason:)``, and whatever `observe` throws.
    public static func write(_ folder: URL, to file: URL, observe: (Double) throws -> Void = { _ in }) throws
        -> Int
    {
        let entries = try files(of: folder)
        let target = file.path(percentEncoded: false)
        let unfinished = file.deletingLastPathComponent()
            .appending(path: ".\(file.lastPathComponent).tmp").path(percentEncoded: false)
        unlink(unfinished)
        defer { unlink(unfinished) }
        do {
            try observe(0)
            try write(entries, to: unfinished)
            try observe(0.7)
            try verify(entries, in: unfinished)
        } catch let failure as Failure {
            throw TrackingError.unwritable(file: target, reason: failure.reason)
        }
        try observe(1)
        guard rename(unfinished, target) == 0 else {
            throw TrackingError.unwritable(file: target, reason: systemReason())
        }
        return entries.count
    }

    private struct Entry {
        var name: String
        var path: String
        var byteCount: Int
        var modified: Int
    }

    private struct Failure: Error { var reason: String }

    /// Everything but what is only of use to a program that is at it.
    private static func files(of folder: URL) throws -> [Entry] {
        let root = folder.standardizedFileURL.path(percentEncoded: false)
        guard let names = FileManager.default.enumerator(atPath: root) else {
            throw TrackingError.folder(path: root, reason: "cannot be read")
        }
        var entries: [Entry] = []
        for case let name as String in names {
            let path = (root.hasSuffix("/") ? root : root + "/") + name
            var status = stat()
            // Links are left out: what they lead to is not the run's.
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            guard !name.hasSuffix("-wal"), !name.hasSuffix("-shm") else { continue }
            entries.append(
                Entry(
                    name: folder.lastPathComponent + "/" + name, path: path, byteCount: Int(status.st_size),
                    modified: status.st_mtim.tv_sec))
        }
        return entries.sorted { $0.name < $1.name }
    }

    private static func write(_ entries: [Entry], to path: String) throws {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_EXCL, &code) else {
            throw Failure(reason: text(code))
        }
        do {
            for entry in entries { try add(entry, to: archive) }
            // Only now is anything read and written.
            guard zip_close(archive) == 0 else { throw failure(archive) }
        } catch {
            zip_discard(archive)
            throw error
        }
    }

    private static func add(_ entry: Entry, to archive: OpaquePointer) throws {
        guard let source = zip_source_file(archive, entry.path, 0, Int64(entry.byteCount)) else {
            throw failure(archive)
        }
        let index = zip_file_add(archive, entry.name, source, UInt32(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw failure(archive)
        }
        // Weights hardly shrink, and take long.
        let method =
            entry.name.hasSuffix(".h5") || entry.name.hasSuffix(".png") ? ZIP_CM_STORE : ZIP_CM_DEFLATE
        guard zip_set_file_compression(archive, UInt64(index), method, 0) == 0,
            zip_file_set_mtime(archive, UInt64(index), entry.modified, 0) == 0
        else { throw failure(archive) }
    }

    /// Reads every entry to its end, where libzip compares the checksum.
    private static func verify(_ entries: [Entry], in path: String) throws {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code) else {
            throw Failure(reason: text(code))
        }
        defer { zip_discard(archive) }
        guard zip_get_num_entries(archive, 0) == entries.count else {
            throw Failure(reason: "the archive that was written has not all of the files")
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        for entry in entries {
            guard let opened = zip_fopen(archive, entry.name, 0) else { throw failure(archive) }
            defer { zip_fclose(opened) }
            var total = 0
            while true {
                let count = Int(zip_fread(opened, &buffer, UInt64(buffer.count)))
                guard count >= 0 else { throw Failure(reason: "\(entry.name) reads back damaged") }
                if count == 0 { break }
                total += count
            }
            guard total == entry.byteCount else {
                throw Failure(reason: "\(entry.name) reads back incomplete")
            }
        }
    }

    private static func failure(_ archive: OpaquePointer) -> Failure {
        Failure(reason: String(cString: zip_error_strerror(zip_get_error(archive))))
    }

    private static func text(_ code: Int32) -> String {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        return String(cString: zip_error_strerror(&error))
    }
}
