import Foundation

/// Opens files of a run's folder, and none besides: whatever a link within the folder leads to is not followed.
enum RunFiles {
    /// The kinds of files that are given out, by their endings.
    static let types = [
        "csv": "text/csv; charset=utf-8", "svg": "image/svg+xml", "json": "application/json",
        "jsonl": "application/jsonl; charset=utf-8", "yaml": "text/plain; charset=utf-8",
        "log": "text/plain; charset=utf-8", "txt": "text/plain; charset=utf-8",
        "diff": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8", "png": "image/png",
        "jpg": "image/jpeg", "pdf": "application/pdf", "h5": "application/octet-stream",
        "keras": "application/octet-stream",
    ]

    /// The media type of a file; nil where such files are not given out.
    static func type(of name: String) -> String? {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        return types[name[name.index(after: dot)...].lowercased()]
    }

    /// Opens a file.
    /// - Parameters:
    ///   - folder: the run's folder.
    ///   - path: the names of folders below it and of the file.
    /// - Returns: the file with what tells it from other versions; nil where there is no such plain file.
    static func open(_ path: [String], in folder: URL) -> (file: OpenFile, tag: String)? {
        guard !path.isEmpty,
            path.allSatisfy({ !$0.hasPrefix(".") && !$0.contains("/") && !$0.contains("\0") })
        else {
            return nil
        }
        var descriptor = Foundation.open(
            folder.path(percentEncoded: false), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        for (index, name) in path.enumerated() where descriptor >= 0 {
            // Without waiting: a pipe would keep whoever opens it until somebody writes.
            let kind = index + 1 < path.count ? O_DIRECTORY : O_NONBLOCK
            let inner = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind)
            close(descriptor)
            descriptor = inner
        }
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            return nil
        }
        let time = status.st_mtim
        return (
            OpenFile(descriptor: descriptor, size: Int(status.st_size)),
            "\"\(status.st_ino)-\(time.tv_sec)-\(time.tv_nsec)-\(status.st_size)\""
        )
    }
}
