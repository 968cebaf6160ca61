/// Walks through the lines and fields of a table of comma-separated values (RFC 4180, with fields on one
/// line each) without copying them. It holds positions only; the bytes are lent to every call.
struct CSVCursor {
    /// The number of the present line, from 1.
    private(set) var line = 0
    /// Where the next field begins; beyond the line's end when there is none.
    private var position = 0
    private var lineEnd = 0
    private var nextLineStart = 0
    /// What is between two fields.
    private var separator = comma

    private static let comma = UInt8(ascii: ",")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let quote = UInt8(ascii: "\"")

    init() {}

    /// Passes over the mark that some programs put before UTF-8.
    mutating func skipByteOrderMark(in bytes: Span<UInt8>) {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { nextLineStart = 3 }
    }

    /// Goes to the next line; false where there is none.
    mutating func nextLine(of bytes: Span<UInt8>) -> Bool {
        guard nextLineStart < bytes.count else { return false }
        position = nextLineStart
        lineEnd = position
        while lineEnd < bytes.count, bytes[lineEnd] != Self.newline, bytes[lineEnd] != Self.carriageReturn {
            lineEnd += 1
        }
        nextLineStart = lineEnd + 1
        // On Windows a line ends with both, on Macs it may end with the first alone.
        if nextLineStart < bytes.count, bytes[lineEnd] == Self.carriageReturn,
            bytes[nextLineStart] == Self.newline
        {
            nextLineStart += 1
        }
        line += 1
        return true
    }

    /// Takes the present line for a header, and what separates its names for the separator of all lines: commas,
    /// or, where it has none, semicolons or tabs, which spreadsheets write in many countries.
    mutating func findSeparator(in bytes: Span<UInt8>) {
        for candidate in [Self.comma, UInt8(ascii: ";"), UInt8(ascii: "\t")] {
            guard (position..<lineEnd).contains(where: { bytes[$0] == candidate }) else { continue }
            separator = candidate
            return
        }
    }

    /// Whether the present line is empty.
    var isBlankLine: Bool { position == lineEnd }

    /// Where the next field lies, without quotes and surrounding spaces; nil beyond the last.
    mutating func nextField(of bytes: Span<UInt8>) -> Range<Int>? {
        guard position <= lineEnd else { return nil }
        var end = position
        var quoted = false
        while end < lineEnd && (quoted || bytes[end] != separator) {
            if bytes[end] == Self.quote { quoted.toggle() }
            end += 1
        }
        let field = Self.trimmed(position..<end, of: bytes)
        position = end + 1
        return field
    }

    /// The texts of the present line's fields.
    mutating func fields(of bytes: Span<UInt8>) -> [String] {
        var fields: [String] = []
        while let field = nextField(of: bytes) { fields.append(Self.text(field, of: bytes)) }
        return fields
    }

    /// The text of a field.
    static func text(_ field: Range<Int>, of bytes: Span<UInt8>) -> String {
        String(decoding: field.map { bytes[$0] }, as: UTF8.self)
    }

    private static func trimmed(_ field: Range<Int>, of bytes: Span<UInt8>) -> Range<Int> {
        var (start, end) = (field.lowerBound, field.upperBound)
        while start < end && (bytes[start] == 0x20 || bytes[start] == quote) { start += 1 }
        while end > start && (bytes[end - 1] == 0x20 || bytes[end - 1] == quote) { end -= 1 }
        return start..<end
    }
}
