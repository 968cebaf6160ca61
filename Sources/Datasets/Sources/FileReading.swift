import Foundation

/// Why a file cannot be read, in words: Foundation's own description hides the cause.
func reason(of error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)" }
    return switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: "no such file or folder"
    case .fileReadNoPermission: "permission denied"
    case .fileReadTooLarge: "the file is too large"
    default: error.localizedDescription
    }
}

/// A file's bytes, mapped into memory where the system can.
func mappedFile(_ path: String) throws(DatasetError) -> Data {
    do {
        return try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
    } catch {
        throw .unreadable(path: path, reason: reason(of: error))
    }
}
