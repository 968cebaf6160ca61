import Foundation

/// What the system says of a file that cannot be read or written, as a person would say it.
func reason(of error: any Error) -> String {
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
    return (underlying ?? error).localizedDescription
}
