import Foundation
import Synchronization

/// A process to run, and what it prints.
struct Command {
    let path: String
    let arguments: [String]

    init(_ path: String, _ arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    /// The same on the first processors only, since some libraries have more threads than they are told to.
    func confined(toProcessors count: Int) -> Command {
        count >= ProcessInfo.processInfo.activeProcessorCount
            ? self : Command("taskset", ["--cpu-list", "0-\(count - 1)", path] + arguments)
    }

    /// What came of it.
    struct Result {
        /// What it printed.
        var output: String
        /// The time from its start to the end of its first line, in seconds.
        var secondsToFirstLine: Double
    }

    /// Runs it to its end.
    /// - Parameters:
    ///   - changes: changes to this process's environment; nil removes a variable.
    ///   - showingErrors: whether what it has to say besides is shown at once, or only if it fails.
    func run(
        environment changes: [String: String?] = [:], showingErrors: Bool
    ) throws(BenchmarkError) -> Result {
        let process = Process()
        // Through env, which looks for programs in PATH and says when there is none.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [path] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            changes.compactMapValues { $0 }
        ) { $1 }.filter { changes[$0.key] ?? $0.value != nil }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        if !showingErrors { process.standardError = errors }
        let start = ContinuousClock.now
        do { try process.run() } catch { throw .process(command: path, reason: "\(error)") }
        let complaint = Complaint(reading: showingErrors ? nil : errors.fileHandleForReading)
        let result = Self.read(output.fileHandleForReading, since: start)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw .process(
                command: path, reason: "ended with status \(process.terminationStatus)\n\(complaint.text())")
        }
        return result
    }

    private static func read(_ handle: FileHandle, since start: ContinuousClock.Instant) -> Result {
        var data = Data()
        var firstLine: Double?
        while case let chunk = handle.availableData, !chunk.isEmpty {
            data.append(chunk)
            if firstLine == nil, chunk.contains(UInt8(ascii: "\n")) {
                firstLine = (ContinuousClock.now - start).inSeconds
            }
        }
        return Result(
            output: String(decoding: data, as: UTF8.self),
            secondsToFirstLine: firstLine ?? (ContinuousClock.now - start).inSeconds)
    }
}

/// The end of what a process says on its error output, read on the side so that the pipe never fills.
private final class Complaint: Sendable {
    private let data = Mutex(Data())
    private let done = DispatchGroup()

    init(reading handle: FileHandle?) {
        guard let handle else { return }
        DispatchQueue.global().async(group: done) {
            let everything = handle.readDataToEndOfFile()
            self.data.withLock { $0 = everything }
        }
    }

    func text() -> String {
        done.wait()
        return data.withLock { String(decoding: $0.suffix(2000), as: UTF8.self) }
    }
}
