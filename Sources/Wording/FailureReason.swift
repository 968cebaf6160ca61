import Foundation

/// Why a file or folder cannot be read or written, in the system's own words: "No space left on device".
///
/// Foundation says of most causes that the operation could not be completed, and hides the cause within.
package func reason(of error: any Error) -> String {
    var cause = error as NSError
    while let underlying = cause.userInfo[NSUnderlyingErrorKey] as? any Error {
        cause = underlying as NSError
    }
    switch cause.domain {
    case NSPOSIXErrorDomain: return String(cString: strerror(CInt(cause.code)))
    // Foundation leaves the cause out here.
    case NSCocoaErrorDomain where cause.code == CocoaError.fileWriteOutOfSpace.rawValue:
        return String(cString: strerror(ENOSPC))
    case NSCocoaErrorDomain: return cause.localizedDescription
    default: return "\(error)"
    }
}

/// Why the last call of a system function failed, in the system's own words.
package func systemReason() -> String { String(cString: strerror(errno)) }
