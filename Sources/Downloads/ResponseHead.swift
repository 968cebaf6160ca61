/// The status and the headers of an answer (RFC 9110).
struct ResponseHead: Equatable {
    /// The status: 200, 206, 404 ….
    private(set) var status = 0
    /// What the server calls the status; empty in HTTP/2.
    private(set) var reason = ""
    private var headers: [String: String] = [:]

    /// Takes a line; a new status line begins a new head.
    mutating func receive(_ line: String) {
        let line = line.trimmingSuffix { $0.isNewline }
        if line.hasPrefix("HTTP/") {
            let parts = line.split(separator: " ", maxSplits: 2)
            self = ResponseHead()
            status = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
            reason = parts.count > 2 ? String(parts[2]) : ""
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...].drop { $0.isWhitespace }
            headers[line[..<colon].lowercased()] = String(value.trimmingSuffix { $0.isWhitespace })
        }
    }

    /// How many bytes the body has.
    var contentLength: Int? { headers["content-length"].flatMap { Int($0) } }

    /// The version of the file, if equal ETags mean equal bytes; weak ones do not.
    var etag: String? { headers["etag"].flatMap { $0.hasPrefix("W/") ? nil : $0 } }

    /// When the file was last changed, as the server writes it.
    var lastModified: String? { headers["last-modified"] }

    /// Which bytes these are, of how many: `bytes 5-9/10`. The total may be unknown; the range is nil where
    /// the one that was asked for does not exist.
    var contentRange: (start: Int?, total: Int?)? {
        guard let text = headers["content-range"], text.lowercased().hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/")
        guard parts.count == 2 else { return nil }
        return (parts[0].split(separator: "-").first.flatMap { Int($0) }, Int(parts[1]))
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> SubSequence {
        self[..<(lastIndex { !isTrimmed($0) }.map { index(after: $0) } ?? startIndex)]
    }
}
