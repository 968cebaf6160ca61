import Foundation
import Wording

/// The log of a run: one JSON object a line, each with the time and what happened.
///
/// As long as the value is there, the file is locked (`flock`), which tells others that the run is going on;
/// the lock goes with the program, however that ends.
public struct RunLog: Sendable {
    private let handle: FileHandle
    private let path: String
    private let encoder = JSONEncoder()

    /// A log; what is in the file already stays, and is added to.
    /// - Throws: ``ExperimentError/stillRunning(path:)`` where somebody else has the log,
    ///   ``ExperimentError/folder(path:reason:)``
    public init(at url: URL) throws(ExperimentError) {
        path = url.path(percentEncoded: false)
        let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw .folder(path: path, reason: systemReason()) }
        handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        guard Self.lock(file) else {
            guard errno != EWOULDBLOCK else {
                throw .stillRunning(path: RunFolder.shown(url.deletingLastPathComponent()))
            }
            throw .folder(path: path, reason: "cannot be locked: " + systemReason())
        }
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        try endLastLine()
    }

    /// Whoever only looks whether the run is going on has the lock for a moment, and so has a program that this one is
    /// just starting, until it is itself: half a second is long enough for them.
    private static func lock(_ file: Int32) -> Bool {
        for attempt in 0..<26 {
            if flock(file, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK, attempt < 25 else { break }
            usleep(20_000)
        }
        return false
    }

    /// A disk that is full may have cut the last line.
    private func endLastLine() throws(ExperimentError) {
        do {
            let end = try handle.seekToEnd()
            guard end > 0 else { return }
            try handle.seek(toOffset: end - 1)
            if try handle.read(upToCount: 1) != Data("\n".utf8) {
                try handle.write(contentsOf: Data("\n".utf8))
            }
        } catch { throw .folder(path: path, reason: reason(of: error)) }
    }

    private struct Line<Facts: Encodable>: Encodable {
        var time: Date
        var event: String
        var facts: Facts

        private enum Keys: String, CodingKey { case time, event }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(time, forKey: .time)
            try container.encode(event, forKey: .event)
            try facts.encode(to: encoder)
        }
    }

    /// Adds a line, in one write, so that a run that is killed leaves whole lines.
    public func record(_ event: String, _ facts: some Encodable) throws(ExperimentError) {
        do {
            let line = try encoder.encode(Line(time: Date(), event: event, facts: facts))
            try handle.write(contentsOf: line + Data("\n".utf8))
        } catch {
            throw .folder(path: path, reason: reason(of: error))
        }
    }
}
