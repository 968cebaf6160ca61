import Foundation

/// The runs of a book as they were at a moment, with what was asked for of them.
final class IndexSnapshot {
    /// All runs, by name.
    let entries: [RunIndex.Entry]
    private let load: (_ key: String) throws -> [Int: Fact]
    private let loadNames: () throws -> [String]
    private(set) var columns: [String: [Int: Fact]]
    private var names: [String]?

    /// The runs of a book that nobody changes meanwhile.
    convenience init(_ index: RunIndex, _ entries: [RunIndex.Entry]) {
        self.init(entries, names: { try index.keys() }, load: { try index.facts($0) })
    }

    /// Runs with columns that are known already.
    /// - Parameters:
    ///   - names: reads the names of all keys.
    ///   - load: reads another column.
    init(
        _ entries: [RunIndex.Entry], columns: [String: [Int: Fact]] = [:],
        names: @escaping () throws -> [String], load: @escaping (_ key: String) throws -> [Int: Fact]
    ) {
        (self.entries, self.columns) = (entries, columns)
        (loadNames, self.load) = (names, load)
    }

    /// The names of all settings and metrics that any run has.
    func keys() throws -> [String] {
        let names = try names ?? loadNames()
        self.names = names
        return names
    }

    /// What all runs have for a key, by the runs' numbers.
    func facts(_ key: String) throws -> [Int: Fact] {
        let column = try columns[key] ?? load(key)
        columns[key] = column
        return column
    }
}
