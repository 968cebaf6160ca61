import CLibZip
import Foundation

/// A zip archive that is read entry by entry, without trusting what it declares.
final class ZipArchive {
    /// What the archive's list says of an entry.
    struct Entry: Sendable {
        let name: String
        let byteCount: Int
        fileprivate let index: UInt64
    }

    /// More entries than any model needs.
    static let mostEntries = 1024
    /// The most bytes that one compressed byte may stand for; weights hardly shrink at all.
    static let largestExpansion = 200

    /// The entries, in the archive's order.
    let entries: [Entry]
    private let file: String
    private let archive: OpaquePointer

    /// Opens an archive and checks its list.
    /// - Throws: ``KerasFileError/archive(file:entry:reason:)``
    init(_ path: String) throws {
        file = path
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code) else {
            throw KerasFileError.archive(
                file: path, entry: nil, reason: "cannot be read: \(Self.reason(code))")
        }
        self.archive = archive
        do {
            entries = try Self.list(archive, file: path)
        } catch {
            zip_discard(archive)
            throw error
        }
    }

    deinit { zip_discard(archive) }

    /// The entry of a name; nil if there is none.
    func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

    /// Reads an entry to its end, where its checksum is compared.
    /// - Parameter buffer: has just the entry's size.
    func read(_ entry: Entry, into buffer: UnsafeMutableRawBufferPointer) throws {
        guard let opened = zip_fopen_index(archive, entry.index, 0) else { throw failure(entry) }
        defer { zip_fclose(opened) }
        var position = 0
        while position < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[position...])
            let count = zip_fread(opened, rest.baseAddress, UInt64(rest.count))
            guard count > 0 else {
                throw count < 0 ? failure(entry, zip_file_get_error(opened)) : incomplete(entry)
            }
            position += Int(count)
        }
        var more: UInt8 = 0
        switch zip_fread(opened, &more, 1) {
        case 0: return
        case 1...: throw incomplete(entry)
        default: throw failure(entry, zip_file_get_error(opened))
        }
    }

    /// The bytes of a small entry.
    func bytes(of entry: Entry) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: entry.byteCount) { buffer, count in
            let whole = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: entry.byteCount)
            try read(entry, into: whole)
            count = entry.byteCount
        }
    }

    private func failure(_ entry: Entry, _ error: UnsafeMutablePointer<zip_error_t>? = nil) -> KerasFileError
    {
        let text = String(cString: zip_error_strerror(error ?? zip_get_error(archive)))
        return .archive(file: file, entry: entry.name, reason: "cannot be read: \(text)")
    }

    private func incomplete(_ entry: Entry) -> KerasFileError {
        .archive(
            file: file, entry: entry.name, reason: "is not of the size \(entry.byteCount) that is declared")
    }

    private static func list(_ archive: OpaquePointer, file: String) throws -> [Entry] {
        let count = zip_get_num_entries(archive, 0)
        guard count <= mostEntries else {
            throw KerasFileError.archive(
                file: file, entry: nil, reason: "has \(count) entries; a Keras model has a handful")
        }
        var names: Set<String> = []
        return try (0..<UInt64(max(0, count))).map { index in
            let entry = try entry(index, of: archive, file: file)
            guard names.insert(entry.name).inserted else {
                throw KerasFileError.archive(file: file, entry: entry.name, reason: "is there twice")
            }
            return entry
        }
    }

    private static func entry(_ index: UInt64, of archive: OpaquePointer, file: String) throws -> Entry {
        var status = zip_stat_t()
        zip_stat_init(&status)
        let needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE
        guard zip_stat_index(archive, index, 0, &status) == 0, status.valid & UInt64(needed) == needed,
            let name = status.name.flatMap({ String(validatingCString: $0) })
        else {
            throw KerasFileError.archive(
                file: file, entry: nil, reason: "has an entry without a readable name")
        }
        func refused(_ reason: String) -> KerasFileError { .archive(file: file, entry: name, reason: reason) }
        // Nothing is unpacked here, but whoever unpacks it elsewhere should be warned.
        let parts = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
        guard parts.first != "", !parts.contains(".."), !(parts.first ?? "").hasSuffix(":") else {
            throw refused("has a name that leads out of the archive")
        }
        guard status.encryption_method == UInt16(ZIP_EM_NONE) else { throw refused("is encrypted") }
        let (declared, compressed) = (Int(clamping: status.size), Int(clamping: status.comp_size))
        // Short texts shrink as they like.
        guard declared <= 1 << 16 || declared / largestExpansion <= compressed else {
            throw refused("claims \(declared) bytes, which \(compressed) cannot account for")
        }
        return Entry(name: name, byteCount: declared, index: index)
    }

    private static func reason(_ code: Int32) -> String {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        return String(cString: zip_error_strerror(&error))
    }
}
