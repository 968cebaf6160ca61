/// Reads the rows of FER+'s table: `Usage,Image name,neutral,…,contempt,unknown,NF`.
struct FERPlusTable {
    private static let columns =
        ["Usage", "Image name"] + Dataset.ferPlusClassNames + ["unknown", "NF"]

    private let file: String
    private var rows: [Int: (split: Split, votes: FERPlusVotes)] = [:]
    private var lastLine = 0

    init(file: String) { self.file = file }

    /// Reads a whole file.
    mutating func read(_ bytes: Span<UInt8>) throws(DatasetError) {
        var cursor = CSVCursor()
        cursor.skipByteOrderMark(in: bytes)
        let header = cursor.nextLine(of: bytes) ? cursor.fields(of: bytes) : []
        guard header.map({ $0.lowercased() }) == Self.columns.map({ $0.lowercased() }) else {
            throw .format(
                file: file, expected: "a header with the columns \(Self.columns.joined(separator: ","))",
                found: "'\(header.joined(separator: ",").prefix(80))'")
        }
        while cursor.nextLine(of: bytes) {
            if cursor.isBlankLine { continue }
            try add(cursor.fields(of: bytes), line: cursor.line)
        }
    }

    private mutating func add(_ fields: [String], line: Int) throws(DatasetError) {
        func bad(_ expected: String, _ found: String) -> DatasetError {
            .row(file: file, line: line, reason: "expected \(expected), found \(found)")
        }
        guard fields.count == Self.columns.count else {
            throw bad("\(Self.columns.count) columns", "\(fields.count)")
        }
        guard let split = Split(commonName: fields[0]) else {
            throw bad("the usage Training, PublicTest or PrivateTest", "'\(fields[0].prefix(40))'")
        }
        var votes: [Int] = []
        for (name, field) in zip(Self.columns, fields).dropFirst(2) {
            guard let count = Int(field), (0...1000).contains(count) else {
                throw bad("a number of votes for \(name)", "'\(field.prefix(40))'")
            }
            votes.append(count)
        }
        rows[line] = (split, FERPlusVotes(votes))
        lastLine = line
    }

    /// The sample with FER+'s label; nil where it is left out.
    func relabel(_ sample: Sample, _ labels: Dataset.FERPlusLabels) throws(DatasetError) -> Sample? {
        let line = Self.line(of: sample)
        guard let row = rows[line] else {
            throw .row(
                file: file, line: line, reason: "expected the votes for \(sample.identifier), found none")
        }
        if let split = sample.split, split != row.split {
            throw .row(
                file: file, line: line,
                reason: "expected the votes for \(sample.identifier), which is for \(split.rawValue), "
                    + "found some for \(row.split.rawValue); the tables are not of the same faces")
        }
        guard let target = row.votes.target(labels), let greatest = target.max(),
            let label = target.firstIndex(of: greatest)
        else { return nil }
        var sample = sample
        sample.label = label
        sample.shares = labels == .soft ? target : nil
        sample.split = row.split
        return sample
    }

    /// Checks that there are not more votes than faces.
    func checkEnd(of dataset: Dataset) throws(DatasetError) {
        let skipped = dataset.skipped.compactMap { Int($0.identifier.split(separator: ":").last ?? "") }
        let last = max(dataset.samples.last.map(Self.line) ?? 0, skipped.max() ?? 0)
        guard lastLine <= last else {
            throw .row(
                file: file, line: lastLine, reason: "expected no votes behind the last face, found some")
        }
    }

    /// A sample of FER-2013 is called by its file and line.
    private static func line(of sample: Sample) -> Int {
        Int(sample.identifier.split(separator: ":").last ?? "") ?? 0
    }
}
