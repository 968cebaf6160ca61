import Foundation
import Tensors

/// What a browser lets an answer do (Content Security Policy, level 3).
enum ContentPolicy: Sendable, Equatable {
    /// A page of the studio: these styles and scripts and no others, connections to this site alone.
    case page(styles: [String], scripts: [String])
    /// A file of a run, which may be anybody's: shown as in a sandbox, without scripts.
    case sandbox
    /// Data, which does nothing.
    case data

    /// The header field's value.
    var value: String {
        switch self {
        case .page(let styles, let scripts):
            "default-src 'none'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'; style-src \(Self.sources(styles)); style-src-attr 'unsafe-inline'; "
                + "script-src \(Self.sources(scripts))"
        case .sandbox:
            "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
        case .data: "default-src 'none'; frame-ancestors 'none'"
        }
    }

    private static func sources(_ texts: [String]) -> String {
        texts.isEmpty ? "'none'" : texts.map { "'sha256-\(hash(of: $0))'" }.joined(separator: " ")
    }

    /// The SHA-256 of a text in Base64.
    static func hash(of text: String) -> String {
        var hasher = ContentHasher()
        hasher.add(Data(text.utf8))
        let digits = Array(hasher.finishSHA256())
        let bytes = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0
        }
        return Data(bytes).base64EncodedString()
    }
}
