import Foundation
import Tensors
import Wording

/// This process's side of a reading process: starts it, asks it, and makes errors of what becomes of it.
final class RemoteReader: @unchecked Sendable {
    // Sendable: one question at a time, under the lock.

    private let file: FileBytes
    private let limits: ReaderLimits
    private let process: ChildProcess
    private let channel: MessageChannel
    private let lock = NSLock()

    /// Starts a reader of a file.
    /// - Parameters:
    ///   - program: the reader; nil for what ``ReaderProcess`` says.
    ///   - arguments: what makes a reader of the program.
    /// - Throws: ``KerasFileError/noReader(file:expected:)``
    init(
        _ file: FileBytes, limits: ReaderLimits, program: String? = nil,
        arguments: [String] = [ReaderProcess.argument]
    ) throws {
        self.file = file
        self.limits = limits.resolved(fileSize: file.size)
        let program = try program ?? ReaderProcess.path(for: file.path)
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw KerasFileError.unreadable(file: file.path, reason: systemReason())
        }
        channel = MessageChannel(socket: ends[0], patience: self.limits.patience)
        defer { close(ends[1]) }
        guard
            let process = ChildProcess(
                program: program, arguments: arguments, socket: ends[1], file: file.descriptor)
        else { throw KerasFileError.noReader(file: file.path, expected: program) }
        self.process = process
    }

    /// What is in the file.
    /// - Throws: ``KerasFileError``
    func contents() throws -> FileContents {
        try lock.withLock {
            try explained {
                guard case .description(let found) = try ask(.describe(limits)) else {
                    throw MessageChannel.Failure.nonsense("another answer than was asked for")
                }
                do {
                    return try found.contents(file: file.path, fileSize: file.size)
                } catch let nonsense as FileDescription.Nonsense {
                    throw MessageChannel.Failure.nonsense(nonsense.reason)
                }
            }
        }
    }

    /// The numbers of an array that have to be unpacked or converted.
    /// - Throws: ``KerasFileError``
    func read(_ array: StoredArray) throws -> Tensor {
        try lock.withLock {
            try explained {
                let expected = 4 * array.shape.elementCount
                guard case .numbers(expected) = try ask(.read(path: array.path, byteCount: expected)) else {
                    throw MessageChannel.Failure.nonsense("another answer than was asked for")
                }
                var tensor = Tensor(uninitialized: array.shape)
                try tensor.withUnsafeMutableElements {
                    try channel.receive(into: UnsafeMutableRawBufferPointer($0))
                }
                return tensor
            }
        }
    }

    private func ask(_ request: ReaderRequest) throws -> ReaderAnswer {
        try channel.send(request)
        let answer = try channel.receive(ReaderAnswer.self)
        if case .failure(let failure) = answer { throw failure.error(file: file.path) }
        return answer
    }

    private func explained<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let failure as MessageChannel.Failure {
            throw KerasFileError.hostile(file: file.path, reason: reason(failure))
        }
    }

    private func reason(_ failure: MessageChannel.Failure) -> String {
        switch failure {
        case .silent:
            process.kill()
            return "reading it took more than \(limits.patience ?? 0) seconds"
        case .nonsense(let what):
            process.kill()
            return "it made its reader say what cannot be (\(what))"
        case .closed:
            return switch process.waitForEnd() {
            case .signal(SIGXCPU):
                "reading it took more than \(limits.processorSeconds ?? 0) seconds of processor time"
            case .signal(let number):
                "its reader was ended by signal \(number) (\(String(cString: strsignal(number))))"
                    + (limits.memory.map { ", perhaps for want of memory beyond \($0 >> 20) MiB" } ?? "")
            case .exit(let code): "its reader ended with code \(code) before it had answered"
            case .unknown: "its reader ended before it had answered"
            }
        }
    }
}
