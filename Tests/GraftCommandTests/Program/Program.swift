import Foundation
import TestSupport
import Testing

/// Programs, run as a shell would run them.
enum Program {
    /// What became of a program.
    struct Outcome {
        var status: Int32
        var output: String
        var error: String
    }

    /// The program `graft`, which is built into the folder that the tests are built into.
    static let graft: String = {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let folders = sequence(first: tests.deletingLastPathComponent()) { folder in
            folder.path.count > 1 ? folder.deletingLastPathComponent() : nil
        }
        let candidates = ([Bundle.main.bundleURL] + folders).map { $0.appending(path: "graft").path }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "graft"
    }()

    /// Runs a program to its end.
    static func run(
        _ path: String, _ arguments: [String], in folder: URL? = nil,
        environment: [String: String] = [:]
    ) throws -> Outcome {
        try start(path, arguments, in: folder, environment: environment).wait()
    }

    /// Runs `graft` to its end.
    static func graft(_ arguments: String..., in folder: URL? = nil) throws -> Outcome {
        try run(graft, arguments, in: folder)
    }

    /// Begins to run a program.
    static func start(
        _ path: String, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
    ) throws -> Running {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // A person's own cache is none of the tests' business.
        let cache = TestFolder.url.appending(path: "cache").path
        let own = ["XDG_CACHE_HOME": cache, TestFolder.mark.name: TestFolder.mark.value]
        process.environment = ProcessInfo.processInfo.environment
            .merging(own) { $1 }.merging(environment) { $1 }
        return try Running(process)
    }

    /// A program that runs, with what it writes going to files, which never fill up as pipes do.
    struct Running {
        let process: Process
        private let folder: URL
        private let streams: [FileHandle]

        fileprivate init(_ process: Process) throws {
            self.process = process
            let folder = TestFolder.unused()
            self.folder = folder
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            streams = try ["output", "error"].map { name in
                let url = folder.appending(path: name)
                try Data().write(to: url)
                return try FileHandle(forUpdating: url)
            }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = streams[0]
            process.standardError = streams[1]
            // The threads of the tests block signals, and a child inherits that.
            var (interrupt, before) = (sigset_t(), sigset_t())
            sigemptyset(&interrupt)
            sigaddset(&interrupt, SIGINT)
            pthread_sigmask(SIG_UNBLOCK, &interrupt, &before)
            defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
            try process.run()
        }

        /// What the program has written to its standard output until now.
        var output: String { text("output") }

        /// Waits for the end.
        ///
        /// A program that has not ended after five minutes is ended: many tests' programs share the machine.
        func wait() -> Outcome {
            let deadline = ContinuousClock.now + .seconds(300)
            while process.isRunning, ContinuousClock.now < deadline { usleep(5_000) }
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            process.waitUntilExit()
            defer { try? FileManager.default.removeItem(at: folder) }
            let status = process.terminationReason == .exit ? process.terminationStatus : -1
            return Outcome(status: status, output: output, error: text("error"))
        }

        private func text(_ name: String) -> String {
            (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
        }
    }
}
