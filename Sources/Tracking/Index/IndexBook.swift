import Foundation
import Synchronization

/// The index that a ``LiveRunIndex`` reads, for one thread at a time.
final class IndexBook: Sendable {
    /// The book has changed since what is asked for it was known.
    struct Outdated: Error {}

    /// What a look through the folders has found to be new.
    struct News {
        var snapshot: IndexSnapshot
        /// The numbers of the runs that came, went or changed; nil where that may be all.
        var touched: Set<Int>?
    }

    private struct State: ~Copyable, @unchecked Sendable {
        let index: RunIndex
        var generation = 1
        var foreignVersion: Int
    }

    private let state: Mutex<State>
    /// With more runs that have changed, everything is read anew.
    private static let few = 200

    init(_ index: RunIndex) throws {
        state = Mutex(State(index: index, foreignVersion: try index.foreignVersion()))
    }

    /// The runs as they are now.
    func snapshot() throws -> IndexSnapshot {
        try state.withLock { state in snapshot(try state.index.entries(), state.generation, [:]) }
    }

    /// The folder's name of a run, or of the sweep that is meant.
    func removable(_ name: String) throws -> String { try state.withLock { try $0.index.removable(name) } }

    /// Brings the book up to date.
    /// - Parameters:
    ///   - entries: the runs as they were known.
    ///   - columns: what was known of them.
    /// - Returns: nil where all is as it was.
    func refresh(
        _ scan: RunScan, _ entries: [RunIndex.Entry], _ columns: [String: [Int: Fact]]
    ) throws -> News? {
        try state.withLock { state in
            // What was known is read no further until it is clear what has changed.
            state.generation += 1
            var isDone = false
            defer {
                // Of a failure nobody knows how far it came: go on with what there is, and read all the next time.
                if !isDone { (state.generation, state.foreignVersion) = (state.generation - 1, -1) }
            }
            let version = try state.index.foreignVersion()
            let changes = try state.index.refresh(scan)
            let found = try state.index.entries()
            let isOwn = version == state.foreignVersion
            state.foreignVersion = version
            var touched = changes.removed.union(changes.added)
            if isOwn, touched.isEmpty, found == entries {
                (state.generation, isDone) = (state.generation - 1, true)
                return nil
            }
            let before = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
            for entry in found where before[entry.id] != entry { touched.insert(entry.id) }
            guard isOwn, touched.count <= Self.few else {
                let anew = try Dictionary(
                    uniqueKeysWithValues: columns.keys.map { ($0, try state.index.facts($0)) })
                isDone = true
                return News(snapshot: snapshot(found, state.generation, anew), touched: nil)
            }
            var renewed = columns
            for key in columns.keys {
                for id in touched {
                    renewed[key]?[id] = nil
                    for (run, fact) in try state.index.facts(key, of: id) { renewed[key]?[run] = fact }
                }
            }
            isDone = true
            return News(snapshot: snapshot(found, state.generation, renewed), touched: touched)
        }
    }

    private func snapshot(
        _ entries: [RunIndex.Entry], _ generation: Int, _ columns: [String: [Int: Fact]]
    ) -> IndexSnapshot {
        IndexSnapshot(
            entries, columns: columns, names: { [self] in try read(generation) { try $0.keys() } },
            load: { [self] key in try read(generation) { try $0.facts(key) } })
    }

    private func read<Result>(_ generation: Int, _ body: (RunIndex) throws -> Result) throws -> Result {
        try state.withLock { state in
            guard state.generation == generation else { throw Outdated() }
            return try body(state.index)
        }
    }
}
