import Foundation

/// Who sees to it that workers work on a sweep.
public protocol Executor: AnyObject {
    /// Sees to it that there are as many workers as wanted; those that died are replaced.
    func tend() throws
    /// How many work.
    var workerCount: Int { get }
    /// Asks all to give back their trials and end.
    func interrupt()
}

/// Workers that are processes on this machine.
public final class WorkerProcesses: Executor {
    private let executable: URL
    private let arguments: [String]
    private let count: Int
    private let log: URL
    private var processes: [Process] = []
    /// How many workers in a row ended with an error, and nothing was achieved meanwhile.
    private var failures = 0
    private var progress = 0
    private var isStopping = false

    /// How a worker ended that could not work.
    public struct Failure: Error, CustomStringConvertible {
        /// The file with what it said.
        let log: String
        /// Its exit code.
        let status: Int32

        /// The error as a sentence.
        public var description: String {
            "workers end with the code \(status) as soon as they begin; \(log) says why"
        }
    }

    /// - Parameters:
    ///   - count: how many.
    ///   - log: the file that what they say is added to.
    public init(_ executable: URL, _ arguments: [String], count: Int, log: URL) {
        (self.executable, self.arguments, self.count, self.log) = (executable, arguments, count, log)
    }

    /// How many work.
    public var workerCount: Int { processes.count(where: \.isRunning) }

    /// Whether one of the workers found nothing left to do.
    public private(set) var hasEnded = false

    /// Hears how far the sweep has come, by any number that grows with it: what failed before it grew is forgiven.
    public func note(progress: Int) {
        if progress > self.progress { failures = 0 }
        self.progress = max(progress, self.progress)
    }

    /// Replaces those that died.
    /// - Throws: ``Failure`` where more than ten in a row end with an error.
    public func tend() throws {
        for process in processes where !process.isRunning {
            if process.terminationReason == .exit, process.terminationStatus == 0 {
                hasEnded = true
            } else if process.terminationReason == .exit {
                failures += 1
                let path = log.path(percentEncoded: false)
                if failures > 10 { throw Failure(log: path, status: process.terminationStatus) }
            }
        }
        processes.removeAll { !$0.isRunning }
        while !hasEnded, !isStopping, processes.count < count { processes.append(try start()) }
    }

    private func start() throws -> Process {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let file = open(log.path(percentEncoded: false), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        let output = file >= 0 ? FileHandle(fileDescriptor: file, closeOnDealloc: true) : .nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        return process
    }

    /// Asks all to end.
    public func interrupt() {
        isStopping = true
        for process in processes where process.isRunning { process.interrupt() }
    }
}
