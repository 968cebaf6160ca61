import Foundation
import Synchronization

/// Ctrl-C, or a polite request to end such as a cluster's, heard between two steps of the work, so that files are whole when the program ends.
///
/// A second Ctrl-C ends the program at once.
enum Interruption {
    private static let wasRequested = Atomic(false)

    /// Begins to listen.
    static func listen() {
        for request in [SIGINT, SIGTERM] {
            signal(request) { number in
                Interruption.wasRequested.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
        // Whoever began the program may not have wanted to hear any themselves, and children inherit that.
        var requests = sigset_t()
        sigemptyset(&requests)
        for request in [SIGINT, SIGTERM] { sigaddset(&requests, request) }
        pthread_sigmask(SIG_UNBLOCK, &requests, nil)
    }

    /// Whether the work is to end.
    static var isRequested: Bool { wasRequested.load(ordering: .relaxed) }

    /// Ends the work where it is to end.
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
