import Files
import Foundation

/// Writes a file so that it is either whole or not there: under another name in the same folder first.
/// - Throws: ``ReportError/unwritable(file:reason:)``
package func writeAtomically(_ data: Data, to file: URL) throws(ReportError) {
    do {
        try data.write(to: file, options: .atomic)
    } catch {
        throw .unwritable(file: file.path(percentEncoded: false), reason: reason(of: error))
    }
}

/// Writes a text likewise.
/// - Throws: ``ReportError/unwritable(file:reason:)``
func writeAtomically(_ text: String, to file: URL) throws(ReportError) {
    try writeAtomically(Data(text.utf8), to: file)
}
