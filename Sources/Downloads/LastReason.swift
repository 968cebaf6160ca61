import Foundation

/// Why the last system call failed.
func lastReason() -> String { String(cString: strerror(errno)) }
