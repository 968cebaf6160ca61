import Foundation

/// One of the streams that a person may be looking at.
struct Terminal: Sendable {
    private let descriptor: Int32

    /// Results.
    static let output = Terminal(descriptor: STDOUT_FILENO)
    /// Errors, warnings and progress.
    static let error = Terminal(descriptor: STDERR_FILENO)

    /// Whether a person is looking, as opposed to a file or a pipe.
    var isInteractive: Bool {
        isatty(descriptor) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Colours only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    var style: TextStyle {
        let refuses = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return TextStyle(isColoured: isInteractive && !refuses)
    }

    /// How many characters a line has.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// How many lines there are.
    var height: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
        return Int(size.ws_row)
    }

    /// Writes text as it is.
    func write(_ text: String) {
        // Whoever read the pipe has gone, or the disk is full: there is nobody to tell.
        try? FileHandle(fileDescriptor: descriptor).write(contentsOf: Data(text.utf8))
    }

    /// Writes a line.
    func print(_ line: String = "") { write(line + "\n") }
}
