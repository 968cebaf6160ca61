import Evaluation
import Foundation

/// The columns before the probabilities.
private let leadingColumns = ["file", "true", "predicted"]

/// The column after them, which is there where a group is known.
struct GroupColumn {
    /// Its name, or nothing.
    let header: [String]

    /// Whether a table has it; a first class of that name is told from it by an empty one.
    init(_ groups: [String?], _ classNames: [String]) {
        header = groups.contains { $0 != nil } || classNames.first == Self.name ? [Self.name] : []
    }

    /// The column of a table that was written.
    init(in tableHeader: [String]) {
        header = tableHeader.dropFirst(leadingColumns.count).first == Self.name ? [Self.name] : []
    }

    private static let name = "group"

    /// A row's field, or nothing.
    func fields(_ group: String?) -> [String] { header.isEmpty ? [] : [group ?? ""] }
}

extension CSVTable {
    /// Predictions: file, true class, predicted class, the group where any is known, then one probability a class,
    /// named by the class.
    public init(_ predictions: Predictions) {
        let names = predictions.classNames
        let groups = GroupColumn(predictions.rows.map(\.group), names)
        self.init(
            header: leadingColumns + groups.header + names,
            rows: predictions.rows.map { row in
                [row.identifier, names[row.label], names[row.predictedLabel]] + groups.fields(row.group)
                    + row.scores.map(Self.field)
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

    /// Reads a run's predictions.
    /// - Returns: nil where the run has none yet, or its pictures are of several classes each.
    /// - Throws: ``ReportError`` as ``init(contentsOfCSV:)`` does.
    public static func ofRun(in folder: URL) throws(ReportError) -> Predictions? {
        func has(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: folder.appending(path: name).path(percentEncoded: false))
        }
        guard has("predictions.csv"), !has("multilabel_confusion_matrix.csv") else { return nil }
        return try Predictions(contentsOfCSV: folder.appending(path: "predictions.csv"))
    }

    /// Takes predictions from a table.
    /// - Parameter file: what errors call the table.
    /// - Throws: ``ReportError`` as ``init(contentsOfCSV:)`` does.
    public init(_ reader: CSVReader, file: String) throws(ReportError) {
        let groups = GroupColumn(in: reader.header)
        let names = Array(reader.header.dropFirst(leadingColumns.count + groups.header.count))
        guard Array(reader.header.prefix(leadingColumns.count)) == leadingColumns, !names.isEmpty else {
            throw .header(
                file: file, expected: "file, true, predicted and then the classes",
                found: reader.header.joined(separator: ", "))
        }
        var rows: [Row] = []
        for record in reader.records { rows.append(try Self.row(record, groups, names, file: file)) }
        do { try self.init(classNames: names, rows: rows) } catch { throw .predictions(file: file, error) }
    }

    private static func row(
        _ record: CSVReader.Record, _ groups: GroupColumn, _ names: [String], file: String
    ) throws(ReportError) -> Row {
        let label = try classNumber(record, column: 1, names, file: file)
        var scores: [Double] = []
        let leading = leadingColumns + groups.header
        for (name, field) in zip(names, record.fields.dropFirst(leading.count)) {
            guard let score = Double(field) else {
                throw .field(
                    file: file, line: record.line, column: name, expected: "a number", found: field)
            }
            scores.append(score)
        }
        let group = groups.header.isEmpty ? "" : record.fields[leadingColumns.count]
        let row = Row(
            identifier: record.fields[0], label: label, scores: scores, group: group.isEmpty ? nil : group)
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
