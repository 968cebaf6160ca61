import Foundation

/// A process that was started for one file, and is ended with the last reference to it.
final class ChildProcess: @unchecked Sendable {
    // Sendable: what changes is changed under the lock.

    /// How a process ended.
    enum End: Equatable {
        case exit(Int32)
        case signal(Int32)
        /// The system does not tell.
        case unknown
    }

    private let identifier: pid_t
    private let lock = NSLock()
    private var end: End?

    /// Starts a program that finds a socket as its standard input and a file as its descriptor 3.
    /// - Returns: nil where it cannot be started.
    init?(program: String, arguments: [String], socket: Int32, file: Int32) {
        // Out of the way of the numbers that they get in the child.
        let (high, highFile) = (fcntl(socket, F_DUPFD_CLOEXEC, 10), fcntl(file, F_DUPFD_CLOEXEC, 10))
        defer {
            close(high)
            close(highFile)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, high, 0)
        posix_spawn_file_actions_adddup2(&actions, highFile, 3)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        // What the library and the memory allocator print as they fall is no message for the user.
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        let variables: [UnsafeMutablePointer<CChar>?] = Self.environment.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var started: pid_t = 0
        guard high >= 0, highFile >= 0,
            posix_spawn(&started, program, &actions, &attributes, words, variables) == 0
        else { return nil }
        identifier = started
    }

    deinit { kill() }

    /// Ends the process, if it has not ended by itself.
    /// - Returns: how it ended.
    @discardableResult
    func kill() -> End {
        lock.withLock {
            if let end = ended(waiting: WNOHANG) { return end }
            Foundation.kill(identifier, SIGKILL)
            return ended(waiting: 0) ?? .unknown
        }
    }

    /// Waits for the process to end by itself, which it has announced by closing its socket. It is not believed
    /// for long.
    func waitForEnd() -> End {
        for _ in 0..<200 {
            if let end = lock.withLock({ ended(waiting: WNOHANG) }) { return end }
            usleep(10_000)
        }
        return kill()
    }

    private func ended(waiting options: Int32) -> End? {
        if let end { return end }
        var status: Int32 = 0
        var result = waitpid(identifier, &status, options)
        while result < 0, errno == EINTR { result = waitpid(identifier, &status, options) }
        if result == 0 { return nil }
        let signal = status & 0x7F
        end = result < 0 ? .unknown : signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
        return end
    }

    /// The libraries for computing, which a reader has no use for, should not start threads there; and nobody
    /// sees the report that Swift would take seconds to make of a crash.
    private static var environment: [String] {
        let changes = [
            "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "SWIFT_BACKTRACE": "enable=no",
        ]
        return ProcessInfo.processInfo.environment.merging(changes) { $1 }.map { "\($0.key)=\($0.value)" }
    }
}
