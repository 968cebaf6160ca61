import Foundation

/// Writes a file so that it is either whole or not there: under another name in the same folder first.
/// - Throws: ``ReportError/unwritable(file:reason:)``
func writeAtomically(_ text: String, to file: URL) throws(ReportError) {
    do {
        try Data(text.utf8).write(to: file, options: .atomic)
    } catch {
        throw .unwritable(file: file.path(percentEncoded: false), reason: reason(of: error))
    }
}
