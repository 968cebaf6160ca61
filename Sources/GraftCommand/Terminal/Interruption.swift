import Foundation
import Synchronization

/// Ctrl-C, heard between two steps of the work, so that files are whole when the program ends.
///
/// A second Ctrl-C ends the program at once.
enum Interruption {
    private static let wasRequested = Atomic(false)

    /// Begins to listen.
    static func listen() {
        signal(SIGINT) { _ in
            Interruption.wasRequested.store(true, ordering: .relaxed)
            signal(SIGINT, SIG_DFL)
        }
    }

    /// Whether Ctrl-C was pressed.
    static var isRequested: Bool { wasRequested.load(ordering: .relaxed) }

    /// Ends the work where Ctrl-C was pressed.
    /// - Throws: `CancellationError`
    static func check() throws {
        if isRequested { throw CancellationError() }
    }
}

/// The end of a work by Ctrl-C that can be gone on with.
struct ResumableInterruption: Error {
    /// The command line that goes on.
    let command: String
}
