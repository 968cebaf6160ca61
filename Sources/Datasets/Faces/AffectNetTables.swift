import Foundation

/// The tables of AffectNet's first release: `training.csv` and `validation.csv`, beside
/// `Manually_Annotated_Images` or in a folder of their own, with a row a face:
/// `subDirectory_filePath,face_x,…,expression,valence,arousal`.
///
/// Expressions from 8 (none, uncertain, no face) are left out.
struct AffectNetTables {
    private static let columns = (picture: "subDirectory_filePath", expression: "expression")

    private let root: String
    private let tables: [(file: String, split: Split)]
    /// The folder that the tables' paths begin at.
    private let pictures: String

    /// The tables below a folder; nil where there are none.
    init?(root: String) {
        tables = [("training.csv", Split.train), ("validation.csv", .validation)].compactMap { name, split in
            firstPath([name, "Manually_Annotated_file_lists/\(name)"], in: root).map { ($0, split) }
        }
        guard !tables.isEmpty else { return nil }
        self.root = root
        let name = "Manually_Annotated_Images"
        pictures =
            firstPath(
                [name, "Manually_Annotated/\(name)", "Manually_Annotated_compressed/\(name)"], in: root)
            ?? "Manually_Annotated"
    }

    /// Adds the faces of all tables.
    func read(into collection: inout PictureCollection) throws(DatasetError) {
        for (file, split) in tables { try read(file, split, &collection) }
    }

    private func read(
        _ name: String, _ split: Split, _ collection: inout PictureCollection
    ) throws(DatasetError) {
        let file = "\(root)/\(name)"
        let data = try mappedFile(file)
        let bytes = data.span
        var cursor = CSVCursor()
        cursor.skipByteOrderMark(in: bytes)
        let header = cursor.nextLine(of: bytes) ? cursor.fields(of: bytes) : []
        guard let picture = header.firstIndex(of: Self.columns.picture),
            let expression = header.firstIndex(of: Self.columns.expression)
        else {
            throw .format(
                file: file,
                expected: "a header with the columns \(Self.columns.picture) and \(Self.columns.expression)",
                found: "'\(header.joined(separator: ",").prefix(80))'")
        }
        while cursor.nextLine(of: bytes) {
            if cursor.isBlankLine { continue }
            let fields = cursor.fields(of: bytes)
            do throws(DatasetError) {
                guard fields.count == header.count else {
                    throw wrong(file, cursor, "\(header.count) columns", "\(fields.count)")
                }
                try add(fields[picture], fields[expression], split, file, cursor, &collection)
            } catch {
                try collection.reject("\(name):\(cursor.line)", error)
            }
        }
    }

    private func add(
        _ picture: String, _ expression: String, _ split: Split, _ file: String, _ cursor: CSVCursor,
        _ collection: inout PictureCollection
    ) throws(DatasetError) {
        guard let number = Int(expression), (0...10).contains(number) else {
            throw wrong(file, cursor, "an expression from 0 to 10", "'\(expression.prefix(40))'")
        }
        guard Dataset.affectNetClassNames.indices.contains(number) else { return }
        let folder = "\(root)/\(pictures)"
        guard let name = listedPicture(picture, in: folder) else {
            throw wrong(file, cursor, "the picture \(folder)/\(picture)", "no such file")
        }
        collection.add("\(pictures)/\(name)", label: number, split: split)
    }

    private func wrong(
        _ file: String, _ cursor: CSVCursor, _ expected: String, _ found: String
    ) -> DatasetError {
        .row(file: file, line: cursor.line, reason: "expected \(expected), found \(found)")
    }
}
