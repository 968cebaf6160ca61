import Foundation

/// Why the system refused, in its own words: "No space left on device".
func reason(_ error: any Error) -> String {
    var error = error as NSError
    while error.domain != NSPOSIXErrorDomain {
        guard let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError else {
            return error.localizedDescription
        }
        error = underlying
    }
    return String(cString: strerror(CInt(error.code)))
}

/// Why the last system call failed.
func lastReason() -> String { String(cString: strerror(errno)) }
