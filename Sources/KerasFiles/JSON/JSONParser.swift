/// Reads JSON (RFC 8259), and the `NaN` and `Infinity` that Python adds to it.
///
/// It is meant for texts from strangers: depth and number of values are limited.
struct JSONParser {
    /// What is wrong with a text, and where.
    struct Failure: Error, Equatable, CustomStringConvertible {
        let reason: String
        /// Counted in bytes.
        let position: Int

        var description: String { "\(reason) at byte \(position)" }
    }

    /// How many lists and objects may be within each other.
    static let deepest = 128
    /// How many values a text may have.
    static let mostValues = 2_000_000

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private var valueCount = 0

    private init(_ text: some Sequence<UInt8>) { bytes = Array(text) }

    /// The value of a text in UTF-8.
    /// - Throws: ``Failure``
    static func parse(_ text: some Sequence<UInt8>) throws -> JSONValue {
        var parser = JSONParser(text)
        let value = try parser.value()
        parser.skipSpace()
        guard parser.position == parser.bytes.count else {
            throw parser.failure("more text behind the value")
        }
        return value
    }

    private mutating func value() throws -> JSONValue {
        skipSpace()
        valueCount += 1
        guard valueCount <= Self.mostValues else {
            throw failure("more than \(Self.mostValues) values")
        }
        switch peek() {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.array() }
        case UInt8(ascii: "\""): return .string(try string())
        default: return try word()
        }
    }

    private mutating func nested(_ body: (inout Self) throws -> JSONValue) throws -> JSONValue {
        depth += 1
        guard depth <= Self.deepest else { throw failure("lists or objects more than \(Self.deepest) deep") }
        defer { depth -= 1 }
        position += 1
        return try body(&self)
    }

    private mutating func object() throws -> JSONValue {
        var members: [String: JSONValue] = [:]
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard peek() == UInt8(ascii: "\"") else { throw failure("expected a name in quotes") }
            let name = try string()
            guard take(":") else { throw failure("expected ':'") }
            members[name] = try value()
        } while take(",")
        guard take("}") else { throw failure("expected ',' or '}'") }
        return .object(members)
    }

    private mutating func array() throws -> JSONValue {
        var elements: [JSONValue] = []
        if take("]") { return .array(elements) }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw failure("expected ',' or ']'") }
        return .array(elements)
    }

    /// A number, or one of the names.
    private mutating func word() throws -> JSONValue {
        let start = position
        while let byte = peek(), Self.isWord(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case "NaN": return .number(.nan)
        case "Infinity": return .number(.infinity)
        case "-Infinity": return .number(-.infinity)
        default:
            guard let first = text.utf8.first, first == UInt8(ascii: "-") || Self.isDigit(first),
                text.utf8.allSatisfy({ Self.isDigit($0) || "+-.eE".utf8.contains($0) }),
                let number = Double(text)
            else {
                position = start
                throw failure("expected a value")
            }
            return .number(number)
        }
    }

    private mutating func string() throws -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw failure("text that is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): text += try escaped()
            case 0..<0x20: throw failure("a control character in a text")
            default: text.append(byte)
            }
        }
        throw failure("a text without an end")
    }

    private mutating func escaped() throws -> [UInt8] {
        guard let byte = peek() else { throw failure("a text without an end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return Array(String(try escapedScalar()).utf8)
        default: throw failure("an unknown escape")
        }
    }

    /// `\u00e9`, or two in a row that make one scalar beyond 16 bits.
    private mutating func escapedScalar() throws -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), peek() == UInt8(ascii: "\\") else {
            throw failure("half a character")
        }
        position += 1
        guard peek() == UInt8(ascii: "u") else { throw failure("half a character") }
        position += 1
        let second = try codeUnit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure("half a character") }
        return scalar
    }

    private mutating func codeUnit() throws -> UInt32 {
        guard position + 4 <= bytes.count else { throw failure("a text without an end") }
        let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
        guard digits.utf8.first != UInt8(ascii: "+"), let unit = UInt32(digits, radix: 16) else {
            throw failure("expected four hexadecimal digits")
        }
        position += 4
        return unit
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || "+-.".utf8.contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private func failure(_ reason: String) -> Failure { Failure(reason: reason, position: position) }
}
