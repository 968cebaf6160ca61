import Foundation

/// The columns of a table that lists pictures.
public struct ImageListColumns: Sendable, Equatable {
    /// The picture's file, relative to the table's folder.
    public var image: String
    /// The class.
    public var label: String
    /// The split; nil where the table has the column `split` or none.
    public var split: String?
    /// The group that splits keep whole; nil where the table has the column `subject` or none.
    public var group: String?

    /// Columns with the usual names.
    public init(image: String = "path", label: String = "label", split: String? = nil, group: String? = nil) {
        self.image = image
        self.label = label
        self.split = split
        self.group = group
    }
}

extension Dataset {
    /// Pictures that a table of comma-separated values lists, one a row, with a header.
    ///
    /// Fields are separated by commas or, where the header has none, by semicolons or tabs; paths may be written
    /// as on Windows. Classes are in the order of their numbers, where all are called by numbers, else of the alphabet.
    /// - Throws: ``DatasetError/row(file:line:reason:)`` for a row that is not what it should be or whose picture
    ///   is missing, unless it is to be skipped; or another ``DatasetError`` that names the table.
    public static func imageList(
        _ path: String, columns: ImageListColumns = ImageListColumns(), name: String? = nil,
        onError policy: BrokenImagePolicy = .fail
    ) throws(DatasetError) -> Dataset {
        let url = URL(filePath: path)
        var reader = ImageListReader(
            file: path, folder: url.deletingLastPathComponent().relativePath, columns: columns, policy: policy
        )
        try reader.read(try mappedTable(path).span)
        let dataset = try Dataset(
            name: name ?? url.deletingPathExtension().lastPathComponent, classNames: reader.classNames,
            samples: reader.samples, skipped: reader.skipped
        ).checked(source: path)
        return policy == .skip ? try dataset.verified(.skip) : dataset
    }
}

private struct ImageListReader {
    let file: String
    let folder: String
    let columns: ImageListColumns
    let policy: BrokenImagePolicy
    private var rows: [(image: String, label: String, split: Split?, group: String?)] = []
    private(set) var skipped: [SkippedSample] = []
    private var places: (image: Int, label: Int, split: Int?, group: Int?) = (0, 0, nil, nil)

    init(file: String, folder: String, columns: ImageListColumns, policy: BrokenImagePolicy) {
        self.file = file
        self.folder = folder
        self.columns = columns
        self.policy = policy
    }

    var classNames: [String] {
        let names = Set(rows.map(\.label))
        return names.allSatisfy { Int($0) != nil }
            ? names.sorted { Int($0)! < Int($1)! } : names.sorted()
    }

    var samples: [Sample] {
        let labels = Dictionary(uniqueKeysWithValues: classNames.enumerated().map { ($1, $0) })
        return rows.map { row in
            Sample(
                identifier: row.image, label: labels[row.label] ?? 0, split: row.split, group: row.group,
                source: .file(pathOfListed(row.image, in: folder)))
        }
    }

    mutating func read(_ bytes: Span<UInt8>) throws(DatasetError) {
        var cursor = CSVCursor()
        cursor.skipByteOrderMark(in: bytes)
        guard cursor.nextLine(of: bytes) else {
            throw .format(
                file: file, expected: "a header with the names of the columns", found: "an empty file")
        }
        cursor.findSeparator(in: bytes)
        let header = cursor.fields(of: bytes)
        places = (
            try place(columns.image, header), try place(columns.label, header),
            try columns.split.map { name throws(DatasetError) in try place(name, header) }
                ?? header.firstIndex(of: "split"),
            try columns.group.map { name throws(DatasetError) in try place(name, header) }
                ?? header.firstIndex(of: "subject")
        )
        while cursor.nextLine(of: bytes) {
            if cursor.isBlankLine { continue }
            let line = cursor.line
            do throws(DatasetError) {
                try read(cursor.fields(of: bytes), line: line, columnCount: header.count)
            } catch {
                guard policy == .skip else { throw error }
                skipped.append(SkippedSample(identifier: "\(file):\(line)", reason: "\(error)"))
            }
        }
    }

    private func place(_ column: String, _ header: [String]) throws(DatasetError) -> Int {
        guard let place = header.firstIndex(of: column) else {
            throw .format(
                file: file, expected: "a column '\(column)'",
                found: "the columns \(header.joined(separator: ", ").prefix(200))")
        }
        return place
    }

    private mutating func read(_ fields: [String], line: Int, columnCount: Int) throws(DatasetError) {
        func wrong(_ reason: String) -> DatasetError { .row(file: file, line: line, reason: reason) }
        guard fields.count == columnCount else {
            throw wrong("expected \(columnCount) columns, found \(fields.count)")
        }
        if let problem = encodingProblem(fields) { throw wrong(problem) }
        let (image, label) = (fields[places.image], fields[places.label])
        guard !image.isEmpty, !label.isEmpty else {
            throw wrong("expected a picture and its class, found nothing")
        }
        guard let picture = listedPicture(image, in: folder) else {
            throw wrong("there is no picture \(pathOfListed(image, in: folder))")
        }
        let group = places.group.map { fields[$0] }
        rows.append((picture, label, try split(fields, line), group == "" ? nil : group))
    }

    private func split(_ fields: [String], _ line: Int) throws(DatasetError) -> Split? {
        guard let place = places.split, !fields[place].isEmpty else { return nil }
        guard let split = Split(commonName: fields[place]) else {
            throw .row(
                file: file, line: line,
                reason: "expected the split train, validation or test, found '\(fields[place].prefix(40))'")
        }
        return split
    }
}
