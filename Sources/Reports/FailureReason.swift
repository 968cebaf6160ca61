import Foundation

/// What the system says of a file that cannot be read or written, as a person would say it.
package func reason(of error: any Error) -> String {
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
    // Foundation says of these that the operation could not be completed.
    let plain: [CocoaError.Code: Int32] = [
        .fileWriteOutOfSpace: ENOSPC, .fileNoSuchFile: ENOENT, .fileWriteNoPermission: EACCES,
        .fileWriteVolumeReadOnly: EROFS,
    ]
    if underlying == nil, error.domain == NSCocoaErrorDomain,
        let code = plain[CocoaError.Code(rawValue: error.code)]
    {
        return String(cString: strerror(code))
    }
    if error.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(error.code))) }
    return (underlying ?? error).localizedDescription
}
