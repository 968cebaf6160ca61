import Foundation

/// What the system says of a file that cannot be read or written: "No space left on device", "File too large".
///
/// Foundation hides it: it says of most causes that the operation could not be completed.
package func reason(of error: any Error) -> String {
    var error = error
    while true {
        if let error = error as? POSIXError { return text(error.code.rawValue) }
        let known = error as NSError
        if known.domain == NSPOSIXErrorDomain { return text(Int32(known.code)) }
        // Some are values that no cast makes an `NSError` of.
        guard let underlying = known.userInfo[NSUnderlyingErrorKey] as? any Error else {
            return known.domain == NSCocoaErrorDomain
                && known.code == CocoaError.fileWriteOutOfSpace.rawValue
                ? text(ENOSPC) : known.localizedDescription
        }
        error = underlying
    }
}

private func text(_ code: Int32) -> String { String(cString: strerror(code)) }
