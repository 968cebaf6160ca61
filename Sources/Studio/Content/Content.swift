import Foundation
import Tensors

/// Something worked out once and sent often: its bytes, also compressed, and what tells it from other versions.
struct Content: Sendable {
    private let type: String
    private let data: Data
    private let compressed: Data?
    private let tag: String
    private let policy: ContentPolicy

    /// How much memory it takes.
    var size: Int { data.count + (compressed?.count ?? 0) }

    /// Content.
    init(_ data: Data, type: String, policy: ContentPolicy) {
        (self.data, self.type, self.policy) = (data, type, policy)
        compressed = data.count >= Gzip.threshold ? Gzip.compressed(data) : nil
        tag = ContentHash(of: data).description
    }

    /// A page.
    init(page text: String, styles: [String], scripts: [String]) {
        self.init(
            Data(text.utf8), type: "text/html; charset=utf-8", policy: .page(styles: styles, scripts: scripts)
        )
    }

    /// The answer to a request: nothing new, where the browser has this version.
    func response(to request: HTTPRequest) -> HTTPResponse {
        let isCompressed = compressed != nil && request.acceptsGzip
        let tag = isCompressed ? "\"\(tag)-gzip\"" : "\"\(tag)\""
        var headers = [(name: "ETag", value: tag)]
        if compressed != nil { headers.append(("Vary", "Accept-Encoding")) }
        guard !request.has(tag) else {
            return HTTPResponse(status: 304, type: type, headers: headers, body: .data(Data())).secured(
                policy)
        }
        if isCompressed { headers.append(("Content-Encoding", "gzip")) }
        return HTTPResponse(
            type: type, headers: headers, body: .data((isCompressed ? compressed : nil) ?? data)
        )
        .secured(policy)
    }
}

extension HTTPRequest {
    /// Whether the browser says that it has a version (`If-None-Match`, RFC 9110).
    func has(_ tag: String) -> Bool {
        (header("if-none-match") ?? "").split(separator: ",").contains { item in
            let item = item.trimmingCharacters(in: .whitespaces)
            return item == "*" || item == tag || item == "W/\(tag)"
        }
    }
}
