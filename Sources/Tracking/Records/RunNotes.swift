import Foundation
import Reports
import Wording

/// What people say of a run: tags and a note, in the run's `notes.json`.
public struct RunNotes: Codable, Sendable, Equatable {
    /// Words to find the run by, in the alphabet's order.
    public private(set) var tags: [String]
    /// A text; empty where nobody wrote one.
    public var note: String

    /// Notes; none, if not given.
    public init(tags: [String] = [], note: String = "") {
        self.tags = tags
        self.note = note
    }

    /// Adds a tag; one that is there stays once.
    /// - Throws: ``TrackingError/tag(_:)``
    public mutating func add(_ tag: String) throws(TrackingError) {
        let isWord = tag.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
        guard isWord, !tag.isEmpty, tag.count <= 100 else { throw .tag(tag) }
        tags = Set(tags + [tag]).sorted()
    }

    /// Takes a tag away.
    public mutating func remove(_ tag: String) { tags.removeAll { $0 == tag } }

    /// The notes of a run; none where there is no file.
    /// - Throws: ``TrackingError/damaged(file:reason:)``
    public static func read(_ folder: URL) throws(TrackingError) -> RunNotes {
        let file = folder.appending(path: fileName)
        guard let data = try? Data(contentsOf: file) else { return RunNotes() }
        do { return try JSONDecoder().decode(RunNotes.self, from: data) } catch {
            throw .damaged(
                file: file.path(percentEncoded: false), reason: "expected an object with tags and note")
        }
    }

    /// Writes the notes, whole or not at all.
    /// - Throws: ``TrackingError/unwritable(file:reason:)``
    public func write(to folder: URL) throws(TrackingError) {
        let file = folder.appending(path: Self.fileName)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do { try (encoder.encode(self) + Data("\n".utf8)).write(to: file, options: .atomic) } catch {
            throw .unwritable(
                file: file.path(percentEncoded: false), reason: reason(of: error))
        }
    }

    static let fileName = "notes.json"
}
