import Foundation
import Wording

/// Reads comma-separated values: RFC 4180 with any line ends, quoted fields over several lines, and a
/// byte-order mark that is skipped.
public struct CSVReader: Sendable {
    /// The fields of one record with the number of the line that it begins in.
    public struct Record: Sendable, Equatable {
        /// Counted from 1.
        public let line: Int
        /// The fields, without their quotes.
        public let fields: [String]
    }

    /// The columns' names.
    public let header: [String]
    /// The records after the header; empty lines are left out.
    public let records: [Record]

    /// Reads a file.
    /// - Throws: ``ReportError`` where the file cannot be read, has no header, quotes wrongly, or a record
    ///   has another number of fields than the header.
    public init(contentsOf file: URL) throws(ReportError) {
        let path = file.path(percentEncoded: false)
        let data: Data
        do { data = try Data(contentsOf: file) } catch {
            throw .unreadable(file: path, reason: reason(of: error))
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw .unreadable(file: path, reason: "it is not UTF-8 text")
        }
        try self.init(text, file: path)
    }

    /// Reads text.
    /// - Parameter file: what errors call the text.
    /// - Throws: ``ReportError`` as ``init(contentsOf:)`` does.
    public init(_ text: String, file: String) throws(ReportError) {
        var scanner = CSVScanner(text, file: file)
        var records: [Record] = []
        while let record = try scanner.next() { records.append(record) }
        guard let first = records.first else { throw .noHeader(file: file) }
        header = first.fields
        self.records = Array(records.dropFirst())
        if let wrong = self.records.first(where: { $0.fields.count != first.fields.count }) {
            throw .fieldCount(
                file: file, line: wrong.line, expected: header.count, found: wrong.fields.count)
        }
    }

    /// The header and the fields as a table.
    public var table: CSVTable { CSVTable(header: header, rows: records.map(\.fields)) }
}
