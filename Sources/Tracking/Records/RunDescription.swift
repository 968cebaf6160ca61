/// All that is known of a run, for programs.
public struct RunDescription: Encodable, Sendable {
    /// The run's name.
    public var name: String
    /// How it is: `finished`, `running`, `stopped`, `failed`.
    public var state: String
    /// Its tags.
    public var tags: [String]
    /// Its note.
    public var note: String
    /// Settings and results by their names.
    public var facts: [String: Fact]

    /// What the book and the folder say of a run.
    public init(_ entry: RunIndex.Entry, _ record: RunRecord) {
        (name, state, tags, note) = (entry.name, entry.state.rawValue, record.tags, record.note)
        facts = record.facts
    }
}
