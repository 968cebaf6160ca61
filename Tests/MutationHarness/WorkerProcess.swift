import Foundation

/// A worker that was started, with what it says line by line.
final class WorkerProcess {
    /// What comes of a worker.
    enum Event {
        case line(String)
        case ended(String)
        case silent
    }

    private let process = Process()
    private let output = Pipe()
    private var pending = Data()

    init(_ arguments: [String]) throws {
        process.executableURL = URL(
            filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        process.arguments = [Worker.command] + arguments
        // Swift's report of a crash takes longer than a hundred cases.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) {
            $1
        }
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// The next thing that happens, within so many seconds.
    func next(patience: Int32) -> Event {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending = Data(pending[(end + 1)...])
                return .line(line)
            }
            var request = pollfd(
                fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, patience * 1000) > 0 else {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                return .silent
            }
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else {
                process.waitUntilExit()
                let isSignal = process.terminationReason == .uncaughtSignal
                return .ended("\(isSignal ? "signal" : "code") \(process.terminationStatus)")
            }
            pending += data
        }
    }
}
