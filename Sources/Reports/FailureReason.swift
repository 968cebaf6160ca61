import Foundation

/// What the system says of a file that cannot be read or written, as a person would say it.
package func reason(of error: any Error) -> String {
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
    // Foundation says of a full disk that the operation could not be completed.
    if underlying == nil, error.domain == NSCocoaErrorDomain,
        error.code == CocoaError.fileWriteOutOfSpace.rawValue
    {
        return String(cString: strerror(ENOSPC))
    }
    return (underlying ?? error).localizedDescription
}
