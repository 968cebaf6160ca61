/// The runs of a book as they were at a moment, with what was asked for of them.
final class IndexSnapshot {
    /// All runs, by name.
    let entries: [RunIndex.Entry]
    private let index: RunIndex
    private var columns: [String: [Int: Fact]] = [:]
    private var names: [String]?

    init(_ index: RunIndex, _ entries: [RunIndex.Entry]) { (self.index, self.entries) = (index, entries) }

    /// The names of all settings and metrics that any run has.
    func keys() throws -> [String] {
        let names = try names ?? index.keys()
        self.names = names
        return names
    }

    /// What all runs have for a key, by the runs' numbers.
    func facts(_ key: String) throws -> [Int: Fact] {
        let column = try columns[key] ?? index.facts(key)
        columns[key] = column
        return column
    }
}
