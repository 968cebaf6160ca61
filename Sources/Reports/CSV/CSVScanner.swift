/// Cuts text into the records of comma-separated values.
///
/// It goes by bytes: all that matters to the format is ASCII, and a Swift character may hold a comma
/// together with a combining mark, or a carriage return together with a line feed.
struct CSVScanner {
    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1

    init(_ text: String, file: String) {
        let bytes = Array(text.utf8)
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        self.file = file
    }

    /// The next record that is not an empty line.
    mutating func next() throws(ReportError) -> CSVReader.Record? {
        while skipLineEnd() {}
        guard position < bytes.count else { return nil }
        let start = line
        var fields = [try field()]
        while position < bytes.count, !skipLineEnd() {
            position += 1  // the comma
            fields.append(try field())
        }
        return CSVReader.Record(line: start, fields: fields)
    }

    private mutating func field() throws(ReportError) -> String {
        guard peek == Self.quote else { return plainField() }
        let field = try quotedField()
        guard isAtFieldEnd else {
            throw .quoting(
                file: file, line: line, problem: "expected a comma or the line's end after a closing quote")
        }
        return field
    }

    private mutating func plainField() -> String {
        let start = position
        while !isAtFieldEnd { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quotedField() throws(ReportError) -> String {
        let start = line
        var field: [UInt8] = []
        position += 1
        while let byte = peek {
            position += 1
            if byte == Self.lineFeed { line += 1 }
            if byte == Self.quote {
                guard peek == Self.quote else { return String(decoding: field, as: UTF8.self) }
                position += 1
            }
            field.append(byte)
        }
        throw .quoting(file: file, line: start, problem: "a quoted field is not closed")
    }

    private mutating func skipLineEnd() -> Bool {
        guard let byte = peek, byte == Self.lineFeed || byte == Self.carriageReturn else { return false }
        position += 1
        if byte == Self.carriageReturn, peek == Self.lineFeed { position += 1 }
        line += 1
        return true
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private var isAtFieldEnd: Bool {
        guard let byte = peek else { return true }
        return byte == Self.comma || byte == Self.lineFeed || byte == Self.carriageReturn
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
}
