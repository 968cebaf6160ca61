import Experiments
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Training

/// The cache may be damaged, full, shared or gone; a run is never the worse for it.
@Suite struct FeatureStoreTests {
    private static let stage = "training.stages=[{freeze: backbone, epochs: 2, learning_rate: 0.1}]"
    private static let all = 27 + 9 + 18

    @Test func `Damaged files are found wherever the damage is, told, and computed again`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, Self.stage)
            let plain = try run.run()
            _ = try run.run(run.store)
            let file = try #require(run.store.files().max { $0.byteCount < $1.byteCount }).url
            let whole = try Data(contentsOf: file)
            func flipped(_ position: Int) -> Data {
                var bytes = whole
                bytes[position] ^= 0x10
                return bytes
            }
            let damages =
                [0, 9, 25, 33, 50, whole.count / 2, whole.count - 1].map(flipped)
                + [Data(), whole.prefix(30), whole.prefix(whole.count - 1), whole + Data([0])]
            for (number, damage) in damages.enumerated() {
                try damage.write(to: file)
                let result = try run.run(run.store)
                let isTold = result.events.contains { if case .damaged = $0 { true } else { false } }
                #expect(isTold, "\(number)")
                #expect(result.use.computed == 27, "\(number)")
                #expect(result.outcome.equals(plain.outcome), "\(number)")
                // The features are in a new file now.
                for other in run.store.files() where other.byteCount == whole.count {
                    try FileManager.default.removeItem(at: other.url)
                }
            }
        }
    }

    @Test func `What a killed program had begun to write is never read`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, Self.stage)
            _ = try run.run(run.store)
            let file = try #require(run.store.files().first).url
            let half = file.deletingLastPathComponent().appending(path: ".half.tmp")
            try FileManager.default.moveItem(at: file, to: half)
            let result = try run.run(run.store)
            #expect(result.use.computed > 0)
            #expect(result.events.allSatisfy { if case .computing = $0 { true } else { false } })
        }
    }

    @Test func `Features that are too many for the cache are computed in each epoch`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, Self.stage)
            let store = FeatureStore(folder: run.store.folder, byteLimit: 500)
            let result = try run.run(store)
            #expect(result.use.reused == 0)
            #expect(result.outcome.equals(try run.run().outcome))
            #expect(result.events.contains { if case .unavailable = $0 { true } else { false } })
            #expect(store.files().isEmpty)
        }
    }

    @Test func `A folder that cannot be written to does not stop a run`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, Self.stage)
            try Data().write(to: run.store.folder)
            let result = try run.run(run.store)
            #expect(result.use.reused == 0)
            #expect(result.outcome.equals(try run.run().outcome))
            let reasons = result.events.compactMap { event in
                if case .unavailable(let reason) = event { reason } else { nil }
            }
            #expect(reasons.count == 1 && reasons[0].contains("features cannot be kept"), "\(reasons)")
        }
    }

    @Test func `What was used longest ago goes first`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, Self.stage)
            _ = try run.run(run.store)
            let old = run.store.files()
            let total = old.reduce(0) { $0 + $1.byteCount }
            for (age, file) in old.enumerated() {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -1000 + Double(age))],
                    ofItemAtPath: file.url.path(percentEncoded: false))
            }
            let store = FeatureStore(folder: run.store.folder, byteLimit: total + total / 2)
            _ = try run.run(store, set: "seed=5")
            let kept = Set(store.files().map(\.url))
            #expect(store.files().reduce(0) { $0 + $1.byteCount } <= store.byteLimit)
            #expect(!kept.contains(old[0].url) && kept.contains(old[old.count - 1].url))
            #expect(store.prune(to: 0).count == kept.count)
            let left = try FileManager.default.contentsOfDirectory(
                atPath: store.folder.path(percentEncoded: false))
            #expect(left.allSatisfy { $0.hasPrefix(".") })
        }
    }

    @Test func `Whoever waits for another program takes what that one has computed`() throws {
        try SmallExperiment.with { small in
            let run = ReusedRun(small, Self.stage)
            let network = ContentHash(of: "network")
            let work = ContentHash(of: "work")
            var lock: FeatureLock? = FeatureLock(work, of: network, in: run.store) {}
            var waited = 0
            #expect(throws: CancellationError.self) {
                let other = try FeatureLock(work, of: network, in: run.store) {
                    waited += 1
                    if waited == 2 { throw CancellationError() }
                }
                _ = consume other
            }
            #expect(waited == 2)
            _ = lock.take()
            let second = FeatureLock(work, of: network, in: run.store) { waited += 1 }
            #expect(waited == 2)
            _ = consume second
        }
    }

    @Test func `Runs side by side share a cache, and come to the same`() async throws {
        let folder = TestFolder.unused()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let small = SmallExperiment(folder: folder)
        try small.writePictures("train", count: 36)
        try small.writePictures("t10k", count: 18)
        let results = try await withThrowingTaskGroup(of: ReusedRun.Result.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    ComputeThreads.set(1)
                    let run = ReusedRun(SmallExperiment(folder: folder), Self.stage)
                    return try run.run(run.store)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.allSatisfy { $0.outcome.equals(results[0].outcome) })
        #expect(results.reduce(0) { $0 + $1.use.computed } == Self.all)
    }
}
