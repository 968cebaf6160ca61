import Foundation
import Synchronization

/// A book of runs for a program that answers many questions, from any thread: what was asked for stays in memory, and
/// the folders are looked through in the background, only while somebody asks.
public final class LiveRunIndex: Sendable {
    /// The folder of runs.
    public let runs: URL
    private let memory: Mutex<IndexMemory>
    private let refreshing = Mutex(Refreshing())
    private let queue = DispatchQueue(label: "graft.runs")
    private let interval: Duration

    private struct Refreshing {
        var isUnderWay = false
        var next = ContinuousClock.now
    }

    /// Opens the book of a folder of runs and brings it up to date.
    /// - Parameters:
    ///   - interval: how long what was found counts as new.
    ///   - observe: is told how many of the changed runs have been read.
    /// - Throws: ``TrackingError``, and whatever `observe` throws.
    public init(
        _ runs: URL, interval: Duration = .seconds(1),
        observe: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        self.runs = runs
        self.interval = interval
        memory = Mutex(try IndexMemory(RunIndex(runs, observe: observe)))
    }

    /// A number that is another whenever a run came, went or changed.
    public var version: Int {
        refreshInBackground()
        return memory.withLock { $0.version }
    }

    /// Answers a question from what is known.
    /// - Throws: ``TrackingError/unknownKey(name:nearest:)``, ``TrackingError/ambiguousKey(name:matches:)``
    public func answer(_ query: RunQuery) throws -> RunQuery.Answer {
        refreshInBackground()
        return try memory.withLock { try $0.answer(query) }
    }

    /// The run of exactly this name.
    public func run(named name: String) -> RunIndex.Entry? {
        refreshInBackground()
        return memory.withLock { $0.runs[name] }
    }

    /// How many runs there are.
    public var count: Int { memory.withLock { $0.runs.count } }

    /// The names of all settings and metrics that any run has; none where the book cannot be read just now.
    public var keys: [String] { memory.withLock { (try? $0.keys()) ?? [] } }

    /// The folder's name of a run, or of the sweep that is meant.
    /// - Throws: ``TrackingError``
    public func removable(_ name: String) throws -> String {
        try memory.withLock { try $0.index.removable(name) }
    }

    /// Looks through the folders now.
    /// - Throws: ``TrackingError``
    public func refresh() throws {
        let scan = try RunScan(runs)
        try memory.withLock { try $0.refresh(scan) }
    }

    private func refreshInBackground() {
        let isDue = refreshing.withLock { state in
            guard !state.isUnderWay, state.next <= .now else { return false }
            state.isUnderWay = true
            return true
        }
        guard isDue else { return }
        queue.async { [self] in
            let start = ContinuousClock.now
            // Folders that cannot be read just now are looked through the next time; what is known stays.
            try? refresh()
            refreshing.withLock { state in
                state.isUnderWay = false
                // Looking must not become most of the work.
                state.next = .now + max(interval, (ContinuousClock.now - start) * 5)
            }
        }
    }
}

/// What is known of the runs, and what follows from it, until something changes. Whoever holds the lock has it alone.
private struct IndexMemory: ~Copyable, @unchecked Sendable {
    let index: RunIndex
    private(set) var version = 1
    private(set) var runs: [String: RunIndex.Entry]
    private var snapshot: IndexSnapshot
    private var orders: [String: [RunIndex.Entry]] = [:]
    /// Orders of 10,000 runs take about a megabyte.
    private static let limit = 32

    init(_ index: RunIndex) throws {
        self.index = index
        snapshot = IndexSnapshot(index, try index.entries())
        runs = Dictionary(snapshot.entries.map { ($0.name, $0) }) { first, _ in first }
    }

    mutating func refresh(_ scan: RunScan) throws {
        let hasChanged = try index.refresh(scan)
        let entries = try index.entries()
        guard hasChanged || entries != snapshot.entries else { return }
        version += 1
        runs = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
        snapshot = IndexSnapshot(index, entries)
        orders = [:]
    }

    func keys() throws -> [String] { try snapshot.keys() }

    mutating func answer(_ query: RunQuery) throws -> RunQuery.Answer {
        // The sorting takes the most time, and what is left of what is sorted is sorted.
        let key = "\(query.sort ?? "") \(query.isReversed)"
        let all = try orders[key] ?? query.sorted(snapshot.entries, in: snapshot)
        if orders.count >= Self.limit { orders = [:] }
        orders[key] = all
        let order = try query.filtered(all, in: snapshot)
        return try query.answer(from: snapshot, order: order)
    }
}
