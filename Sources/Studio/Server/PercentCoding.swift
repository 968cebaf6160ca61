import Foundation

/// Percent-encoded text (RFC 3986), taken apart strictly: what is not coded as it should be is not guessed at.
enum PercentCoding {
    /// Decodes a text.
    /// - Parameter plusIsSpace: whether a plus stands for a space, as in forms.
    /// - Returns: nil where an escape is cut off, or the bytes are not UTF-8.
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
                else {
                    return nil
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The parts of a path.
    /// - Returns: nil where the path does not begin with a slash, or a part is empty (but for the last), is a dot or
    ///   two, or holds a slash, a backslash or a control character once it is decoded.
    static func segments(of path: some StringProtocol) -> [String]? {
        guard path.hasPrefix("/") else { return nil }
        var parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { parts.removeLast() }
        var segments: [String] = []
        for part in parts {
            guard let segment = decode(part), !segment.isEmpty, segment != ".", segment != "..",
                segment.unicodeScalars.allSatisfy({
                    $0.value >= 32 && $0.value != 127 && $0 != "/" && $0 != "\\"
                })
            else { return nil }
            segments.append(segment)
        }
        return segments
    }

    /// The names and values of a query or a form.
    /// - Returns: nil where one is not coded as it should be.
    static func form(_ text: some StringProtocol) -> [(name: String, value: String)]? {
        var fields: [(name: String, value: String)] = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(parts[0], plusIsSpace: true),
                let value = decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { return nil }
            fields.append((name, value))
        }
        return fields
    }

    /// A text as it goes into a path or a query.
    static func encode(_ text: String) -> String {
        var coded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                coded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                coded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return coded
    }

    /// A name whose parts are divided by slashes, such as a trial's, as it goes into a path.
    static func encode(path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { encode(String($0)) }
            .joined(separator: "/")
    }
}
