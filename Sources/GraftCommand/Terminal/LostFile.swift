import Foundation

/// The message for a file of weights that somebody cuts short while it is in use.
///
/// Large arrays are used where they are in their file. Where the file suddenly is no longer, the system sends
/// a signal, at which nothing can be done but to say why the program ends.
enum LostFile {
    static func explain() {
        signal(SIGBUS) { _ in
            let text: StaticString = "error: a file of weights was cut short while it was in use\n"
            _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
            _exit(1)
        }
    }
}
