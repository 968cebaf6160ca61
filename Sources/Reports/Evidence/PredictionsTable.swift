import Evaluation
import Foundation

/// The columns before the probabilities.
private let leadingColumns = ["file", "true", "predicted"]

extension CSVTable {
    /// Predictions: file, true class, predicted class, then one probability a class, named by the class.
    public init(_ predictions: Predictions) {
        let names = predictions.classNames
        self.init(
            header: leadingColumns + names,
            rows: predictions.rows.map { row in
                [row.identifier, names[row.label], names[row.predictedLabel]] + row.scores.map(Self.field)
            })
    }
}

extension Predictions {
    /// Reads predictions as ``CSVTable/init(_:)-(Predictions)`` has them.
    /// - Throws: ``ReportError`` where the file cannot be read, its columns are others, a class is not in
    ///   the header, a probability is not a number, or a predicted class is not the one with the greatest.
    public init(contentsOfCSV file: URL) throws(ReportError) {
        try self.init(CSVReader(contentsOf: file), file: file.path(percentEncoded: false))
    }

    /// Takes predictions from a table.
    /// - Parameter file: what errors call the table.
    /// - Throws: ``ReportError`` as ``init(contentsOfCSV:)`` does.
    public init(_ reader: CSVReader, file: String) throws(ReportError) {
        let names = Array(reader.header.dropFirst(leadingColumns.count))
        guard Array(reader.header.prefix(leadingColumns.count)) == leadingColumns, !names.isEmpty else {
            throw .header(
                file: file, expected: "file, true, predicted and then the classes",
                found: reader.header.joined(separator: ", "))
        }
        var rows: [Row] = []
        for record in reader.records { rows.append(try Self.row(record, names, file: file)) }
        do { try self.init(classNames: names, rows: rows) } catch { throw .predictions(file: file, error) }
    }

    private static func row(
        _ record: CSVReader.Record, _ names: [String], file: String
    ) throws(ReportError) -> Row {
        let label = try classNumber(record, column: 1, names, file: file)
        var scores: [Double] = []
        for (name, field) in zip(names, record.fields.dropFirst(leadingColumns.count)) {
            guard let score = Double(field) else {
                throw .field(
                    file: file, line: record.line, column: name, expected: "a number", found: field)
            }
            scores.append(score)
        }
        let row = Row(identifier: record.fields[0], label: label, scores: scores)
        let predicted = try classNumber(record, column: 2, names, file: file)
        guard predicted == row.predictedLabel else {
            throw .field(
                file: file, line: record.line, column: leadingColumns[2],
                expected: "'\(names[row.predictedLabel])', the first class with the greatest probability",
                found: names[predicted])
        }
        return row
    }

    private static func classNumber(
        _ record: CSVReader.Record, column: Int, _ names: [String], file: String
    ) throws(ReportError) -> Int {
        guard let number = names.firstIndex(of: record.fields[column]) else {
            throw .field(
                file: file, line: record.line, column: leadingColumns[column],
                expected: "one of the classes " + names.joined(separator: ", "), found: record.fields[column])
        }
        return number
    }
}
