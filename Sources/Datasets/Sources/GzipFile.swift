import CZlib

/// Reads a file that may be compressed with gzip; zlib tells by its first bytes.
struct GzipFile: ~Copyable {
    private let path: String
    private let handle: gzFile

    init(_ path: String) throws(DatasetError) {
        guard let handle = gzopen(path, "rb") else {
            throw .unreadable(path: path, reason: "the file cannot be opened")
        }
        self.path = path
        self.handle = handle
        gzbuffer(handle, 1 << 17)
    }

    deinit { gzclose(handle) }

    /// The next `count` bytes.
    /// - Throws: ``DatasetError/format(file:expected:found:)`` where the file ends before or is damaged.
    func read(_ count: Int, of what: String) throws(DatasetError) -> [UInt8] {
        var total = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while total < count {
                // zlib counts in 32 bits.
                let part = gzread(
                    handle, buffer.baseAddress! + total, UInt32(min(count - total, 1 << 30)))
                guard part > 0 else { break }
                total += Int(part)
            }
            initialized = total
        }
        try checkState()
        guard total == count else {
            throw .format(file: path, expected: "\(count) bytes of \(what)", found: "\(total)")
        }
        return bytes
    }

    /// Checks that nothing is left to read; this also compares the checksum.
    func finish() throws(DatasetError) {
        let byte = gzgetc_(handle)
        try checkState()
        guard byte == -1 else {
            throw .format(file: path, expected: "an end after the last item", found: "more data")
        }
    }

    private func checkState() throws(DatasetError) {
        var code: CInt = 0
        let message = gzerror(handle, &code)
        guard code == Z_OK || code == Z_STREAM_END else {
            // zlib puts the path before its message, as we do.
            let text = message.map { String(cString: $0) } ?? "error \(code)"
            let reason = text.hasPrefix(path + ": ") ? String(text.dropFirst(path.count + 2)) : text
            throw .unreadable(path: path, reason: "damaged gzip data: \(reason)")
        }
    }
}
