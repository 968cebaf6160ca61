import Databases
import Foundation
import TestSupport
import Testing

@testable import Sweeps

@Suite struct SweepStoreTests {
    /// A time that only moves when it is told to.
    private final class Clock: @unchecked Sendable {
        var now = Date(timeIntervalSince1970: 1_000_000)
    }

    private static func worker(_ text: String) throws -> WorkerIdentity {
        try #require(WorkerIdentity(encoded: text))
    }

    /// A worker on a machine that nobody can look at from here.
    private static func distant(_ process: Int) throws -> WorkerIdentity {
        try worker(#"{"host":"far","process":\#(process),"machine":"far away","started":"1"}"#)
    }

    private func request(_ worker: WorkerIdentity, cap: Int? = 3, crashLimit: Int = 5) -> ClaimRequest {
        ClaimRequest(worker: worker, lease: 60, crashLimit: crashLimit, trialCap: cap)
    }

    private func claim(
        _ store: SQLStore, _ worker: WorkerIdentity = .current, cap: Int? = 3, crashLimit: Int = 5
    ) throws -> Claim? {
        let answer = try store.claim(request(worker, cap: cap, crashLimit: crashLimit)) {
            ["x": Double($0.count)]
        }
        if case .claimed(let claim) = answer { return claim }
        return nil
    }

    private func with<Result>(
        _ backend: StoreBackend,
        _ body: (SQLStore, Clock, @escaping @Sendable () throws -> SQLStore) throws -> Result
    ) throws -> Result {
        try Fixtures.withTemporaryFolder { folder in
            let clock = Clock()
            let open = { @Sendable in try backend.open(folder, clock: { clock.now }) }
            return try body(open(), clock, open)
        }
    }

    @Test(
        .enabled(
            if: PostgreSQLServer.isInstalled,
            "needs Debian's package postgresql-15; without it this whole suite runs on SQLite only"))
    func `A server keeps the same as a file`() throws {
        let kept = try StoreBackend.allCases.map { backend in
            try with(backend) { store, _, _ in
                let finished = try #require(try claim(store, Self.distant(1)))
                _ = try store.report(epoch: 1, ["loss": 0.1 + 0.2], finished) { _ in false }
                try store.finish(finished, results: ["val_loss": 1e-300])
                try store.fail(try #require(try claim(store)), error: "it's \"odd\"")
                _ = try claim(store)
                return try store.trials()
            }
        }
        #expect(kept[0].map(\.state) == [.finished, .failed, .running])
        #expect(kept[0] == kept[1])
    }

    @Test(arguments: StoreBackend.installed)
    func `Trials are given out in order, and not twice`(_ backend: StoreBackend) throws {
        try with(backend) { store, _, _ in
            let claims = try (0..<3).compactMap { _ in try claim(store) }
            #expect(claims.map(\.trial) == [1, 2, 3])
            #expect(claims.map(\.token) == [1, 2, 3])
            #expect(claims.map { $0.assignment["x"] } == [0, 1, 2])
            let answer = try store.claim(request(.current)) { _ in nil }
            #expect(answer == .later)
            for claim in claims { try store.finish(claim, results: ["val_loss": 1]) }
            let last = try store.claim(request(.current)) { _ in nil }
            #expect(last == .over)
        }
    }

    @Test(arguments: StoreBackend.installed)
    func `A silent worker far away loses its trial when its lease ends, and can no longer write`(
        _ backend: StoreBackend
    )
        throws
    {
        try with(backend) { store, clock, _ in
            let old = try #require(try claim(store, Self.distant(1), cap: 1))
            #expect(try claim(store, Self.distant(2), cap: 1) == nil)
            clock.now += 59
            try store.renew(old, lease: 60)
            clock.now += 59
            #expect(try claim(store, Self.distant(2), cap: 1) == nil)
            clock.now += 2
            let new = try #require(try claim(store, Self.distant(2), cap: 1))
            #expect(new.trial == 1 && new.token > old.token && new.assignment == old.assignment)
            let lost = SweepError.leaseLost(trial: 1)
            #expect(throws: lost) { try store.renew(old, lease: 60) }
            #expect(throws: lost) { _ = try store.report(epoch: 1, ["loss": 9], old, judge: { _ in false }) }
            #expect(throws: lost) { try store.finish(old, results: ["loss": 9]) }
            #expect(throws: lost) { try store.fail(old, error: "x") }
            #expect(throws: lost) { try store.release(old) }
            #expect(try store.trials()[0].epochs.isEmpty)
            try store.finish(new, results: ["loss": 1])
            #expect(try store.trials()[0].results == ["loss": 1])
        }
    }

    @Test(arguments: StoreBackend.installed)
    func `A live worker on this machine keeps its trial, however long it is silent`(_ backend: StoreBackend)
        throws
    {
        try with(backend) { store, clock, _ in
            let first = try claim(store, .current, cap: 1)
            clock.now += 1_000_000
            let second = try claim(store, Self.distant(2), cap: 1)
            #expect(first != nil && second == nil)
        }
    }

    @Test(arguments: StoreBackend.installed)
    func `A dead worker on this machine loses its trial at once`(_ backend: StoreBackend) throws {
        try with(backend) { store, _, _ in
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sleep")
            process.arguments = ["100"]
            try process.run()
            let own = try #require(WorkerIdentity.current.encoded)
            let stat = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
            let started = stat.split(separator: " ")[21]
            let mine = try String(contentsOfFile: "/proc/self/stat", encoding: .utf8).split(separator: " ")
            let other = own.replacing(
                "\"process\":\(getpid())", with: "\"process\":\(process.processIdentifier)"
            )
            .replacing("\"started\":\"\(mine[mine.count - 31])\"", with: "\"started\":\"\(started)\"")
            let worker = try Self.worker(other)
            #expect(worker.isAlive == true)
            #expect(try claim(store, worker, cap: 1) != nil)
            #expect(try claim(store, .current, cap: 1) == nil)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(worker.isAlive == false)
            #expect(try claim(store, .current, cap: 1)?.trial == 1)
        }
    }

    @Test(arguments: StoreBackend.installed)
    func `A trial whose workers die without an epoch in between is given up`(_ backend: StoreBackend) throws {
        try with(backend) { store, clock, _ in
            for death in 0..<4 {
                let claimed = try #require(try claim(store, Self.distant(death), cap: 1, crashLimit: 3))
                if death == 1 { _ = try store.report(epoch: 1, ["loss": 1], claimed) { _ in false } }
                clock.now += 100
            }
            #expect(try claim(store, Self.distant(9), cap: 1, crashLimit: 3) == nil)
            let trial = try store.trials()[0]
            #expect(trial.state == .failed)
            #expect(trial.error == "the process that trained it died 3 times without finishing an epoch")
            let retried = try store.retry([1])
            #expect(retried == [1])
            #expect(try claim(store, Self.distant(9), cap: 1, crashLimit: 3)?.trial == 1)
        }
    }

    @Test(arguments: StoreBackend.installed)
    func `Epochs are kept, those that are trained again replaced, and a judge ends the trial`(
        _ backend: StoreBackend
    ) throws {
        try with(backend) { store, _, open in
            let claimed = try #require(try claim(store))
            var stops = try store.report(epoch: 1, ["val_loss": 3], claimed) { _ in false }
            stops = try store.report(epoch: 2, ["val_loss": .nan], claimed) { _ in false } || stops
            #expect(!stops)
            #expect(try store.trials()[0].epochs[1]["val_loss"]?.isNaN == true)
            stops = try store.report(epoch: 2, ["val_loss": .infinity], claimed) { trials in
                trials[0].epochs.map { $0["val_loss"] } == [3, .infinity]
            }
            #expect(stops)
            #expect(try store.trials()[0].state == .stopped)
            #expect(throws: SweepError.leaseLost(trial: 1)) { try store.renew(claimed, lease: 1) }
            let other = try open()
            #expect(try other.trials() == store.trials())
        }
    }

    @Test(arguments: StoreBackend.installed)
    func `A sweep that is stopped gives out nothing until it goes on`(_ backend: StoreBackend) throws {
        try with(backend) { store, _, _ in
            let claimed = try #require(try claim(store))
            try store.release(claimed)
            try store.setStopped(true)
            let answer = try store.claim(request(.current)) { _ in [:] }
            #expect(answer == .over)
            try store.setStopped(false)
            let again = try #require(try claim(store))
            #expect(again.trial == claimed.trial && again.token > claimed.token)
        }
    }

    @Test(arguments: StoreBackend.installed)
    func `Workers side by side never get the same trial`(_ backend: StoreBackend) throws {
        try with(backend) { _, _, open in
            let results = Mutexed<[Int]>([])
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                guard let store = try? open() else { return }
                while let claimed = try? claim(store, .current, cap: 40) {
                    results.add(claimed.trial)
                    try? store.finish(claimed, results: [:])
                }
            }
            #expect(results.value.sorted() == Array(1...40))
        }
    }

    private final class Mutexed<Value>: @unchecked Sendable {
        private let lock = NSLock()
        private(set) var value: Value
        init(_ value: Value) { self.value = value }
        func add(_ element: Int) where Value == [Int] { lock.withLock { value.append(element) } }
    }

    @Test func `A file that is no database is refused by name`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "sweep.sqlite")
            try Data(repeating: 7, count: 5000).write(to: file)
            #expect(throws: DatabaseError(database: file.path, reason: "file is not a database")) {
                _ = try SQLStore(path: file.path)
            }
        }
    }
}
