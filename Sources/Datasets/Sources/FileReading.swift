import Foundation
import Wording

/// A file's bytes, mapped into memory where the system can.
func mappedFile(_ path: String) throws(DatasetError) -> Data {
    do {
        return try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
    } catch {
        throw .unreadable(path: path, reason: reason(of: error))
    }
}

/// A table's bytes, likewise.
/// - Throws: ``DatasetError/format(file:expected:found:)`` too, for text in UTF-16, as some spreadsheets write it.
func mappedTable(_ path: String) throws(DatasetError) -> Data {
    let bytes = try mappedFile(path)
    if [[0xFF, 0xFE], [0xFE, 0xFF]].contains(where: { bytes.starts(with: $0) }) {
        throw .format(
            file: path, expected: "a table in UTF-8", found: "one in UTF-16; save it as 'CSV UTF-8'")
    }
    return bytes
}

/// What is wrong with the fields of a table's row, where their bytes are not UTF-8: names would run into one.
func encodingProblem(_ fields: [String]) -> String? {
    fields.first { $0.contains("\u{FFFD}") }.map {
        "expected text in UTF-8, found '\($0.prefix(40))'; save the table as 'CSV UTF-8'"
    }
}
