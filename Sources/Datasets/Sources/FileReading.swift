import Wording
import Foundation

/// A file's bytes, mapped into memory where the system can.
func mappedFile(_ path: String) throws(DatasetError) -> Data {
    do {
        return try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
    } catch {
        throw .unreadable(path: path, reason: reason(of: error))
    }
}
