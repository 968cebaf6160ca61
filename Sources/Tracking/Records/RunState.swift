import Foundation

/// How a run is.
public enum RunState: String, Sendable, CaseIterable {
    /// It came to its end.
    case finished
    /// A program is at it.
    case running
    /// It was interrupted or killed, and can be resumed.
    case stopped
    /// It ended with an error.
    case failed

    /// How the run of a folder is at this moment.
    /// - Parameter idle: how it is where no program is at it, read from its files if not given.
    package static func now(in folder: URL, else idle: @autoclosure () -> RunState? = nil) -> RunState {
        let path = folder.path(percentEncoded: false)
        if access(path + "/run.json", F_OK) == 0 { return .finished }
        return isHeld(log: path + "/log.jsonl") ? .running : idle() ?? RunRecord(folder).state
    }

    /// Whether a program has the log of a run, and so is at it.
    static func isHeld(log: String) -> Bool {
        let file = open(log, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        // The lock, if it is had, goes at once: whoever begins to resume the run just now waits for it.
        return flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
