import Foundation
import TestSupport
import Testing

@testable import Tracking

@Suite struct LiveRunIndexTests {
    @Test func `Questions are answered as by the book itself, and again when something has changed`() throws {
        try RunSamples.with { samples in
            for number in 1...30 {
                try samples.write("run-\(number)", accuracy: Double(number * 7 % 31) / 31, began: number % 5)
            }
            let live = try LiveRunIndex(samples.runs, interval: .seconds(3600))
            let queries = [
                RunQuery(),
                RunQuery(filter: try Filter("val_accuracy > 0.5 or name = run-3"), sort: "test_accuracy"),
                RunQuery(sort: "name", isReversed: true, columns: ["group", "seconds"], limit: 7),
            ]
            func check() throws {
                let index = try RunIndex(samples.runs)
                for query in queries {
                    let (expected, found) = (try index.answer(query), try live.answer(query))
                    #expect(found.rows.map(\.run.name) == expected.rows.map(\.run.name))
                    #expect(found.rows.map(\.facts) == expected.rows.map(\.facts))
                    #expect(found.columns == expected.columns && found.matched == expected.matched)
                }
            }
            try check()
            let version = live.version
            try live.refresh()
            #expect(live.version == version)
            try samples.write("run-31", accuracy: 0.99)
            try FileManager.default.removeItem(at: samples.runs.appending(path: "run-4"))
            try live.refresh()
            #expect(live.version != version && live.run(named: "run-4") == nil && live.count == 30)
            try check()
            // One that is changed, one that is tagged, and what another program has noticed before.
            try samples.write("run-7", architecture: "vgg16", accuracy: 0.01, began: 9)
            try RunNotes(tags: ["x"]).write(to: samples.runs.appending(path: "run-9"))
            try live.refresh()
            try check()
            try samples.write("run-7", accuracy: 0.97, began: 1)
            _ = try RunIndex(samples.runs)
            try live.refresh()
            try check()
            // More than are worth to be looked at one by one.
            for number in 100..<310 { try samples.write("run-\(number)", accuracy: 0.5) }
            try live.refresh()
            #expect(live.count == 240)
            try check()
        }
    }

    @Test func `Whether a run goes on is seen although no file changes`() throws {
        try RunSamples.with { samples in
            let folder = try samples.write("a-001", accuracy: nil)
            let live = try LiveRunIndex(samples.runs)
            #expect(live.run(named: "a-001")?.state == .stopped)
            let log = open(folder.appending(path: "log.jsonl").path, O_RDWR)
            #expect(flock(log, LOCK_EX | LOCK_NB) == 0)
            try live.refresh()
            #expect(live.run(named: "a-001")?.state == .running)
            close(log)
            try live.refresh()
            #expect(live.run(named: "a-001")?.state == .stopped)
        }
    }

    @Test func `Who asks after a long silence is told what is so, not what was so`() throws {
        try RunSamples.with { samples in
            let live = try LiveRunIndex(
                samples.runs, interval: .milliseconds(10), age: .milliseconds(100), patience: .seconds(60))
            try samples.write("a-001")
            usleep(150_000)
            #expect(try live.answer(RunQuery()).matched == 1)
        }
    }

    @Test func `A page of an answer is part of the whole`() throws {
        try RunSamples.with { samples in
            for number in 1...9 { try samples.write("run-\(number)") }
            let live = try LiveRunIndex(samples.runs)
            var query = RunQuery(sort: "name", limit: 4)
            query.offset = 6
            let answer = try live.answer(query)
            #expect(answer.rows.map(\.run.name) == ["run-7", "run-8", "run-9"] && answer.matched == 9)
            query.offset = 100
            #expect(try live.answer(query).rows.isEmpty)
        }
    }
}

@Suite struct NaturalOrderTests {
    @Test func `Texts are in Foundation's numeric order, which takes longer`() {
        let pieces = [
            "a", "B", "b", "9", "10", "010", "-", "_", "/", ".", " ", "Z", "[", "ä", "e\u{301}", "e", "0", "",
        ]
        var state: UInt64 = 1
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        func text() -> String { (0..<next(6)).map { _ in pieces[next(pieces.count)] }.joined() }
        for _ in 0..<20_000 {
            let (left, right) = (text(), text())
            let expected = left.compare(right, options: [.numeric, .caseInsensitive]) == .orderedAscending
            #expect(NaturalOrder.isBefore(left, right) == expected, "\(left) | \(right)")
        }
    }
}
