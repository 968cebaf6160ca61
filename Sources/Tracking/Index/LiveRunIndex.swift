import Foundation
import Synchronization

/// A book of runs for a program that answers many questions, from any thread: what was asked for stays in memory, and
/// the folders are looked through in the background, only while somebody asks. Nobody waits for that.
public final class LiveRunIndex: Sendable {
    /// The folder of runs.
    public let runs: URL
    private let book: IndexBook
    private let memory: Mutex<IndexMemory>
    private let refreshing = Mutex(Refreshing())
    /// One look at a time.
    private let turn = Mutex(())
    private let queue = DispatchQueue(label: "graft.runs")
    private let interval: Duration

    /// Whoever asks after nobody did for long waits for a look, but not forever.
    private let looks = DispatchGroup()
    private let patience: Duration
    /// After which time without a look what is known counts as old.
    private let age: Duration

    private struct Refreshing {
        var isUnderWay = false
        var last = ContinuousClock.now
        var next = ContinuousClock.now
    }

    /// Opens the book of a folder of runs and brings it up to date.
    /// - Parameters:
    ///   - interval: how long what was found counts as new.
    ///   - observe: is told how many of the changed runs have been read.
    /// - Throws: ``TrackingError``, and whatever `observe` throws.
    public convenience init(
        _ runs: URL, interval: Duration = .seconds(1),
        observe: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        try self.init(
            runs, interval: interval, age: max(interval, .seconds(1)) * 5, patience: .milliseconds(700),
            observe: observe)
    }

    init(
        _ runs: URL, interval: Duration, age: Duration, patience: Duration,
        observe: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
    ) throws {
        self.runs = runs
        (self.interval, self.age, self.patience) = (interval, age, patience)
        book = try IndexBook(RunIndex(runs, observe: observe))
        memory = Mutex(IndexMemory(try book.snapshot()))
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
        while true {
            do { return try memory.withLock { try $0.answer(query) } } catch is IndexBook.Outdated {
                // The book has just changed, and what is known of it is about to.
                usleep(2_000)
            }
        }
    }

    /// The run of exactly this name.
    public func run(named name: String) -> RunIndex.Entry? {
        refreshInBackground()
        return memory.withLock { $0.runs[name] }
    }

    /// How many runs there are.
    public var count: Int { memory.withLock { $0.runs.count } }

    /// The names of all settings and metrics that any run has; none where the book cannot be read just now.
    public var keys: [String] { memory.withLock { (try? $0.snapshot.keys()) ?? [] } }

    /// The folder's name of a run, or of the sweep that is meant.
    /// - Throws: ``TrackingError``
    public func removable(_ name: String) throws -> String { try book.removable(name) }

    /// Looks through the folders now.
    /// - Throws: ``TrackingError``
    public func refresh() throws {
        try turn.withLock { _ in
            let scan = try RunScan(runs)
            let (entries, columns, orders) = memory.withLock { memory in
                (memory.snapshot.entries, memory.snapshot.columns, memory.orders)
            }
            guard let news = try book.refresh(scan, entries, columns) else { return }
            let renewed = IndexMemory.renewed(orders, news)
            memory.withLock { $0.take(news.snapshot, orders: renewed) }
        }
    }

    private func refreshInBackground() {
        let (isDue, isOld) = refreshing.withLock { state in
            let now = ContinuousClock.now
            let isOld = state.last + age <= now
            guard !state.isUnderWay, state.next <= now else { return (false, isOld && state.isUnderWay) }
            state.isUnderWay = true
            looks.enter()
            return (true, isOld)
        }
        if isDue { queue.async { [self] in look() } }
        if isOld { _ = looks.wait(timeout: .now() + patience / .seconds(1)) }
    }

    private func look() {
        let start = ContinuousClock.now
        // Folders that cannot be read just now are looked through the next time; what is known stays.
        try? refresh()
        refreshing.withLock { state in
            let now = ContinuousClock.now
            (state.isUnderWay, state.last) = (false, now)
            // Looking must not become most of the work.
            state.next = now + max(interval, (now - start) * 5)
        }
        looks.leave()
    }
}
