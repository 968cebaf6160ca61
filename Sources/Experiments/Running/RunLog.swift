import Foundation

/// The log of a run: one JSON object a line, each with the time and what happened.
public struct RunLog: Sendable {
    private let handle: FileHandle
    private let path: String
    private let encoder = JSONEncoder()

    /// A new log; what was in the file is gone.
    /// - Throws: ``ExperimentError/folder(path:reason:)``
    public init(at url: URL) throws(ExperimentError) {
        path = url.path(percentEncoded: false)
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw .folder(path: path, reason: "cannot be written") }
        self.handle = handle
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
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
