/// Reads the rows of FER-2013's table. It looks at each of its 300 million bytes once, and makes no strings
/// but the samples' names.
struct FERTable {
    static let side = 48
    static let pixelCount = side * side

    private(set) var skipped: [SkippedSample] = []
    private var rows: [(line: Int, label: Int, split: Split?)] = []
    private var pixels: [UInt8] = []
    private let file: String
    private let identifier: String
    private let policy: BrokenImagePolicy
    private var columns: [Column] = []

    private enum Column { case emotion, pixels, usage, other }

    /// What is wrong with a row.
    private struct BadRow: Error { var reason: String }

    init(file: String, identifier: String, policy: BrokenImagePolicy) {
        self.file = file
        self.identifier = identifier
        self.policy = policy
    }

    /// The samples that were read.
    var samples: [Sample] {
        let store = ImageStore(height: Self.side, width: Self.side, pixels: pixels)
        return rows.enumerated().map { position, row in
            Sample(
                identifier: "\(identifier):\(row.line)", label: row.label, split: row.split,
                source: .memory(store, position: position))
        }
    }

    /// Reads a whole file.
    mutating func read(_ bytes: Span<UInt8>) throws(DatasetError) {
        var cursor = CSVCursor()
        try readHeader(&cursor, bytes)
        pixels.reserveCapacity(bytes.count / 3)
        while cursor.nextLine(of: bytes) {
            if cursor.isBlankLine { continue }
            do throws(BadRow) {
                try readRow(&cursor, bytes)
            } catch {
                pixels.removeLast(pixels.count - rows.count * Self.pixelCount)
                guard policy == .skip else {
                    throw .row(file: file, line: cursor.line, reason: error.reason)
                }
                skipped.append(
                    SkippedSample(identifier: "\(identifier):\(cursor.line)", reason: error.reason))
            }
        }
    }

    private mutating func readHeader(_ cursor: inout CSVCursor, _ bytes: Span<UInt8>) throws(DatasetError) {
        cursor.skipByteOrderMark(in: bytes)
        var names: [String] = []
        if cursor.nextLine(of: bytes) {
            while let field = cursor.nextField(of: bytes) { names.append(CSVCursor.text(field, of: bytes)) }
        }
        columns = names.map { name in
            switch name.lowercased() {
            case "emotion": .emotion
            case "pixels": .pixels
            case "usage": .usage
            default: .other
            }
        }
        guard columns.count(where: { $0 == .emotion }) == 1, columns.count(where: { $0 == .pixels }) == 1
        else {
            throw .format(
                file: file, expected: "a header with the columns emotion, pixels and Usage",
                found: "'\(names.joined(separator: ",").prefix(80))'")
        }
    }

    private mutating func readRow(_ cursor: inout CSVCursor, _ bytes: Span<UInt8>) throws(BadRow) {
        var (label, split): (Int?, Split?) = (nil, nil)
        var count = 0
        for column in columns {
            guard let field = cursor.nextField(of: bytes) else {
                throw BadRow(reason: "expected \(columns.count) columns, found \(count)")
            }
            count += 1
            switch column {
            case .emotion: label = try readLabel(CSVCursor.text(field, of: bytes))
            case .pixels: try readPixels(bytes, field)
            case .usage: split = try readUsage(CSVCursor.text(field, of: bytes))
            case .other: break
            }
        }
        guard cursor.nextField(of: bytes) == nil else {
            throw BadRow(reason: "expected \(columns.count) columns, found more")
        }
        rows.append((cursor.line, label!, split))
    }

    private func readLabel(_ text: String) throws(BadRow) -> Int {
        guard let label = Int(text), Dataset.fer2013ClassNames.indices.contains(label) else {
            throw BadRow(reason: "expected an emotion from 0 to 6, found '\(text.prefix(40))'")
        }
        return label
    }

    private func readUsage(_ text: String) throws(BadRow) -> Split {
        guard let split = Split(commonName: text) else {
            throw BadRow(
                reason: "expected the usage Training, PublicTest or PrivateTest, found '\(text.prefix(40))'")
        }
        return split
    }

    private mutating func readPixels(_ bytes: Span<UInt8>, _ field: Range<Int>) throws(BadRow) {
        let start = pixels.count
        // -1 between two numbers.
        var value = -1
        for index in field {
            let byte = bytes[index]
            let digit = byte &- 0x30
            if digit < 10 {
                value = max(value, 0) * 10 + Int(digit)
                guard value <= 255 else { throw BadRow(reason: "expected pixels from 0 to 255, found more") }
            } else if byte == 0x20 {
                if value >= 0 { pixels.append(UInt8(truncatingIfNeeded: value)) }
                value = -1
            } else {
                let letter = String(decoding: [byte], as: UTF8.self)
                throw BadRow(reason: "expected pixels separated by spaces, found '\(letter)' among them")
            }
        }
        if value >= 0 { pixels.append(UInt8(truncatingIfNeeded: value)) }
        guard pixels.count - start == Self.pixelCount else {
            throw BadRow(reason: "expected \(Self.pixelCount) pixels, found \(pixels.count - start)")
        }
    }
}
