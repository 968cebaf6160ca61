import Foundation
import Reports
import Tracking

/// Follows a run that is going on: reads what its tables have gained since the last look.
struct RunFollower {
    /// How far a reader has come.
    struct Position: Equatable, CustomStringConvertible {
        /// Rows of `metrics.csv`.
        var epochs = 0
        /// Bytes of `steps.csv`.
        var steps = 0

        /// As the identifier of an event.
        var description: String { "\(epochs)-\(steps)" }

        init() {}

        /// Reads an event's identifier; nil where it is none.
        init?(_ text: String) {
            let parts = text.split(separator: "-").map { Int($0) }
            guard parts.count == 2, let epochs = parts[0], let steps = parts[1], epochs >= 0, steps >= 0
            else {
                return nil
            }
            (self.epochs, self.steps) = (epochs, steps)
        }
    }

    /// Something that happened, with the position behind it.
    struct Event {
        /// `epoch`, `step`, `state` or `reset`.
        var name: String
        /// A JSON object.
        var data: String
        /// Where to go on.
        var position: Position
    }

    private let folder: URL
    private var position: Position
    private var seen = ""
    private var state: RunState?
    /// Of the steps found at a look, so many are told.
    private static let stepsAtOnce = 300
    /// More than this is not read at a look; what is further back is left out.
    private static let longest = 8 << 20

    /// Follows the run of a folder from a position on.
    init(_ folder: URL, from position: Position = Position()) {
        (self.folder, self.position) = (folder, position)
    }

    /// Whether the run has come to an end, and that was told.
    var isOver: Bool { state.map { $0 != .running } ?? false }

    /// What happened since the last look.
    mutating func events() -> [Event] {
        // Before the tables: what they have at the end is told before the end.
        let now = RunState.now(in: folder)
        var events: [Event] = []
        let found = stamp()
        if found != seen {
            seen = found
            let rows = epochRows()
            if rows.count < position.epochs || size("steps.csv") < position.steps {
                // The run was taken up again from an earlier place.
                position = Position()
                events.append(Event(name: "reset", data: "{}", position: position))
            }
            events += newSteps()
            for row in rows.dropFirst(position.epochs) {
                position.epochs += 1
                events.append(Event(name: "epoch", data: row, position: position))
            }
        }
        if now != state {
            state = now
            events.append(
                Event(name: "state", data: Self.json(["state": .text(now.rawValue)]), position: position))
        }
        return events
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    private func stamp() -> String {
        ["metrics.csv", "steps.csv"].map { name in
            var status = stat()
            guard lstat(path(name), &status) == 0 else { return "" }
            return "\(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(status.st_size)"
        }.joined(separator: " ")
    }

    private func size(_ name: String) -> Int {
        var status = stat()
        return lstat(path(name), &status) == 0 ? Int(status.st_size) : 0
    }

    private func text(_ name: String, from offset: Int, upTo count: Int) -> Data {
        guard let (file, _) = RunFiles.open([name], in: folder) else { return Data() }
        let handle = FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: false)
        return withExtendedLifetime(file) {
            guard (try? handle.seek(toOffset: UInt64(offset))) != nil else { return Data() }
            return (try? handle.read(upToCount: count)) ?? Data()
        }
    }

    private func epochRows() -> [String] {
        let data = text("metrics.csv", from: 0, upTo: Self.longest)
        guard let reader = try? CSVReader(String(decoding: data, as: UTF8.self), file: "metrics.csv") else {
            return []
        }
        return reader.records.map { Self.object(reader.header, $0.fields) }
    }

    private mutating func newSteps() -> [Event] {
        let header = text("steps.csv", from: 0, upTo: 4096).prefix { $0 != UInt8(ascii: "\n") }
        let columns = String(decoding: header, as: UTF8.self).split(separator: ",").map(String.init)
        guard columns.contains("step") else { return [] }
        let start = max(position.steps, header.count + 1, size("steps.csv") - Self.longest)
        var data = text("steps.csv", from: start, upTo: Self.longest)
        // A line that is being written is for the next look.
        guard let last = data.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        data = data[...last]
        var (offset, lines) = (start, [(text: Substring, end: Int)]())
        for line in String(decoding: data, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            offset += line.utf8.count + 1
            if !line.isEmpty { lines.append((line, offset)) }
        }
        position.steps = start + data.count
        let stride = max(1, (lines.count + Self.stepsAtOnce - 1) / Self.stepsAtOnce)
        return lines.enumerated().compactMap { index, line in
            let fields = line.text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let isTold = index % stride == 0 || index == lines.count - 1
            guard isTold, fields.count == columns.count else { return nil }
            var place = position
            place.steps = min(line.end, position.steps)
            return Event(name: "step", data: Self.object(columns, fields), position: place)
        }
    }

    private static func object(_ header: [String], _ fields: [String]) -> String {
        var facts: [String: Fact] = [:]
        for (name, field) in zip(header, fields) where !field.isEmpty {
            facts[name] = Double(field).map(Fact.number) ?? .text(field)
        }
        return json(facts)
    }

    private static func json(_ facts: [String: Fact]) -> String { (try? JSONText.line(facts)) ?? "{}" }
}
