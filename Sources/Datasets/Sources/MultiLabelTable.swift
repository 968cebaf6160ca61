import Foundation

/// Reads the rows of a table of pictures with several labels each.
struct MultiLabelTable {
    private(set) var skipped: [SkippedSample] = []
    private var rows: [(file: String, classes: Set<String>, split: Split?, group: String?)] = []
    private let file: String
    private let separator: String
    private let names: MultiLabelColumns
    private let policy: BrokenImagePolicy
    private var columns: [Column] = []

    fileprivate enum Column: Equatable {
        case file, split, labels, group
        case indicator(String)
        case other
    }

    /// What is wrong with a row.
    private struct BadRow: Error { var reason: String }

    init(file: String, columns: MultiLabelColumns, separator: String, policy: BrokenImagePolicy) {
        self.file = file
        names = columns
        self.separator = separator
        self.policy = policy
    }

    /// The classes, in their order.
    var classNames: [String] {
        let named = columns.compactMap { column in
            if case .indicator(let name) = column { name } else { nil }
        }
        return columns.contains(.labels) ? Set(rows.flatMap(\.classes)).sorted() : named
    }

    /// The samples. Each counts as the rarest of its classes where samples are drawn by class, so that rare
    /// ones are in every split.
    func samples(in folder: String) -> [Sample] {
        let names = classNames
        let counts = names.map { name in rows.count { $0.classes.contains(name) } }
        return rows.map { row in
            let present = names.indices.filter { row.classes.contains(names[$0]) }
            return Sample(
                identifier: row.file, label: present.min { counts[$0] < counts[$1] } ?? 0, split: row.split,
                group: row.group, source: .file(pathOfListed(row.file, in: folder)),
                shares: names.map { row.classes.contains($0) ? 1 : 0 })
        }
    }

    /// Reads a whole file.
    mutating func read(_ bytes: Span<UInt8>) throws(DatasetError) {
        var cursor = CSVCursor()
        cursor.skipByteOrderMark(in: bytes)
        let hasHeader = cursor.nextLine(of: bytes)
        if hasHeader { cursor.findSeparator(in: bytes) }
        try readHeader(hasHeader ? cursor.fields(of: bytes) : [])
        let folder = URL(filePath: file).deletingLastPathComponent().relativePath
        while cursor.nextLine(of: bytes) {
            if cursor.isBlankLine { continue }
            let fields = cursor.fields(of: bytes)
            do throws(BadRow) {
                try readRow(fields, in: folder)
            } catch {
                guard policy == .skip else {
                    throw .row(file: file, line: cursor.line, reason: error.reason)
                }
                skipped.append(SkippedSample(identifier: "\(file):\(cursor.line)", reason: error.reason))
            }
        }
    }

    private mutating func readHeader(_ header: [String]) throws(DatasetError) {
        for name in names.given where !header.contains(name) {
            throw .format(
                file: file, expected: "a column '\(name)'",
                found: "the columns \(header.joined(separator: ", ").prefix(200))")
        }
        columns = header.map { names.kind(of: $0, in: header) }
        let hasLabels = columns.contains(.labels)
        let indicators = columns.filter { if case .indicator = $0 { true } else { false } }
        guard columns.count(where: { $0 == .file }) == 1, hasLabels == indicators.isEmpty,
            Set(header).count == header.count
        else {
            throw .format(
                file: file,
                expected: "a header with the columns file and labels (and split), or file and one a class",
                found: "'\(header.joined(separator: ",").prefix(80))'")
        }
    }

    private mutating func readRow(_ fields: [String], in folder: String) throws(BadRow) {
        guard fields.count == columns.count else {
            throw BadRow(reason: "expected \(columns.count) columns, found \(fields.count)")
        }
        if let problem = encodingProblem(fields) { throw BadRow(reason: problem) }
        var (name, split, classes): (String, Split?, Set<String>) = ("", nil, [])
        var group: String?
        for (column, field) in zip(columns, fields) {
            switch column {
            case .file: name = field
            case .other: break
            case .group: group = field.isEmpty ? nil : field
            case .split: split = try readSplit(field)
            case .labels:
                classes = Set(field.split(separator: separator).map { $0.trimmed }.filter { !$0.isEmpty })
            case .indicator(let name):
                guard field == "0" || field == "1" else {
                    throw BadRow(reason: "expected 0 or 1 for '\(name)', found '\(field.prefix(40))'")
                }
                if field == "1" { classes.insert(name) }
            }
        }
        guard !name.isEmpty else { throw BadRow(reason: "expected the name of a picture, found nothing") }
        guard let picture = listedPicture(name, in: folder) else {
            throw BadRow(
                reason: "expected the picture \(pathOfListed(name, in: folder)), found no such file")
        }
        rows.append((picture, classes, split, group))
    }

    private func readSplit(_ text: String) throws(BadRow) -> Split? {
        guard !text.isEmpty else { return nil }
        guard let split = Split(commonName: text) else {
            throw BadRow(reason: "expected the split train, validation or test, found '\(text.prefix(40))'")
        }
        return split
    }
}

extension MultiLabelColumns {
    /// The names that somebody gave.
    fileprivate var given: [String] { [image, labels, split, group].compactMap(\.self) }

    /// What a column holds. Where the labels' column is named, columns that nobody names are let alone.
    fileprivate func kind(of name: String, in header: [String]) -> MultiLabelTable.Column {
        switch name {
        case image: return .file
        case labels: return .labels
        case split: return .split
        case group: return .group
        default: break
        }
        switch name.lowercased() {
        case "file" where image == nil, "filename" where image == nil, "image" where image == nil,
            "path" where image == nil:
            return .file
        case "split" where split == nil, "usage" where split == nil: return .split
        case "labels" where labels == nil: return .labels
        case "subject"
        where group == nil && (labels != nil || header.contains { $0.lowercased() == "labels" }):
            return .group
        default: return labels == nil ? .indicator(name) : .other
        }
    }
}

extension Substring {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
