import CLibZip
import Foundation

/// Writes a zip archive of uncompressed entries, as Keras does.
struct ZipOutput {
    /// Where an entry's bytes come from.
    enum Content {
        case text(String)
        case file(String)
    }

    /// The same time for all entries of all archives, so that equal models make equal files.
    private static let time = 946_684_800

    /// Writes an archive.
    /// - Parameters:
    ///   - path: a file that does not exist yet.
    ///   - name: the name of the file in errors.
    static func write(_ entries: [(name: String, content: Content)], to path: String, named name: String)
        throws
    {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_EXCL, &code) else {
            throw KerasFileError.write(file: name, reason: "the archive cannot be created (\(code))")
        }
        do {
            for entry in entries { try add(entry.name, entry.content, to: archive) }
            // Only now is anything read and written.
            guard zip_close(archive) == 0 else { throw Failure(archive) }
        } catch let failure as Failure {
            zip_discard(archive)
            throw KerasFileError.write(file: name, reason: failure.reason)
        }
    }

    private static func add(_ name: String, _ content: Content, to archive: OpaquePointer) throws {
        guard let source = source(of: content, in: archive) else { throw Failure(archive) }
        let index = zip_file_add(archive, name, source, UInt32(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw Failure(archive)
        }
        guard zip_set_file_compression(archive, UInt64(index), ZIP_CM_STORE, 0) == 0,
            zip_file_set_mtime(archive, UInt64(index), time, 0) == 0
        else { throw Failure(archive) }
    }

    /// - Returns: a source that the archive takes over.
    private static func source(of content: Content, in archive: OpaquePointer) -> OpaquePointer? {
        switch content {
        case .file(let path): return zip_source_file(archive, path, 0, -1)
        case .text(let text):
            let bytes = Array(text.utf8)
            // The archive reads the bytes when it is closed, and frees them then.
            guard let copy = malloc(max(1, bytes.count)) else { return nil }
            copy.copyMemory(from: bytes, byteCount: bytes.count)
            guard let source = zip_source_buffer(archive, copy, UInt64(bytes.count), 1) else {
                free(copy)
                return nil
            }
            return source
        }
    }

    private struct Failure: Error {
        let reason: String
        init(_ archive: OpaquePointer) {
            reason = String(cString: zip_error_strerror(zip_get_error(archive)))
        }
    }
}
