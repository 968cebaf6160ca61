import Foundation
import TestSupport
import Testing

@testable import Tracking

@Suite struct RunIndexTests {
    @Test func `Runs are found by settings, results and tags, and sorted so that the best comes first`()
        throws
    {
        try RunSamples.with { samples in
            try samples.write("flowers-001", accuracy: 0.5, began: 1)
            try samples.write("flowers-002", architecture: "resnet50", accuracy: 0.75, began: 2)
            try samples.write("flowers-003", accuracy: 0.9, began: 3)
            try samples.write("sweep-001/trial-0001", accuracy: 0.8, began: 4)
            var notes = RunNotes(note: "good")
            try notes.add("best")
            try notes.write(to: samples.runs.appending(path: "flowers-003"))
            let index = try RunIndex(samples.runs)
            func names(_ filter: String?, sort: String? = nil, reversed: Bool = false) throws -> [String] {
                try index.answer(
                    RunQuery(filter: filter.map { try Filter($0) }, sort: sort, isReversed: reversed)
                )
                .rows.map(\.run.name)
            }
            #expect(try names(nil) == ["sweep-001/trial-0001", "flowers-003", "flowers-002", "flowers-001"])
            #expect(
                try names("architecture = mobilenet and val_accuracy > 0.6", sort: "test_accuracy")
                    == ["flowers-003", "sweep-001/trial-0001"])
            #expect(try names("tag:best") == ["flowers-003"] && names("note ~ good") == ["flowers-003"])
            #expect(try names(nil, sort: "val_accuracy", reversed: true).first == "flowers-001")
            #expect(try names("group = sweep-001") == ["sweep-001/trial-0001"])
            #expect(try names("parameter_count = 1000 and run.splits = 'as given'").count == 4)
        }
    }

    @Test func `What changes in the folders is seen the next time, and what is not, is not read again`()
        throws
    {
        try RunSamples.with { samples in
            try samples.write("a-001", accuracy: nil)
            try samples.write("a-002", accuracy: 0.5)
            var read: [Int] = []
            func states() throws -> [String: RunState] {
                let index = try RunIndex(samples.runs) { done, total in
                    if done == total { read.append(total) }
                }
                return Dictionary(uniqueKeysWithValues: try index.entries().map { ($0.name, $0.state) })
            }
            #expect(try states() == ["a-001": .stopped, "a-002": .finished])
            #expect(try states() == ["a-001": .stopped, "a-002": .finished])
            try samples.write("a-001", accuracy: 0.25)
            try FileManager.default.removeItem(at: samples.runs.appending(path: "a-002"))
            #expect(try states() == ["a-001": .finished])
            #expect(read == [2, 1])
        }
    }

    @Test func `A run is running while its log is locked, and failed where its log says so`() throws {
        try RunSamples.with { samples in
            let going = try samples.write("a-001", accuracy: nil)
            try samples.write("a-002", accuracy: nil, error: "the disk is full")
            let log = open(going.appending(path: "log.jsonl").path, O_RDWR)
            #expect(flock(log, LOCK_EX | LOCK_NB) == 0)
            let index = try RunIndex(samples.runs)
            #expect(try index.entries().map(\.state) == [.running, .failed])
            let failed = try index.answer(RunQuery(filter: Filter("state = failed"), columns: ["error"]))
            #expect(failed.rows.map(\.facts) == [[.text("the disk is full")]])
            #expect(throws: TrackingError.stillRunning(run: going.path)) {
                try RunBin(samples.runs).remove(["a-002", "a-001"])
            }
            close(log)
            #expect(try index.entries().map(\.state) == [.stopped, .failed])
        }
    }

    @Test func `A book that is damaged is made anew, and a broken run is listed with what is wrong`() throws {
        try RunSamples.with { samples in
            let run = try samples.write("a-001")
            _ = try RunIndex(samples.runs)
            try Data("this is no database, but long enough to be looked at".utf8)
                .write(to: samples.runs.appending(path: ".index.sqlite"))
            try Data("{".utf8).write(to: run.appending(path: "run.json"))
            let index = try RunIndex(samples.runs)
            let answer = try index.answer(RunQuery(columns: ["damaged", "architecture"]))
            #expect(answer.rows[0].facts[0]?.description.hasPrefix("run.json: ") == true)
            #expect(answer.rows[0].facts[1] == .text("mobilenet"))
        }
    }

    @Test func `A run is meant by its name, its path, its number, or the beginning of its name`() throws {
        try RunSamples.with { samples in
            for name in ["flowers-001", "flowers-002", "birds-010"] { try samples.write(name) }
            let index = try RunIndex(samples.runs)
            #expect(try index.run("flowers-002").name == "flowers-002")
            #expect(try index.run(samples.runs.appending(path: "birds-010").path).name == "birds-010")
            #expect(try index.run("10").name == "birds-010" && index.run("bir").name == "birds-010")
            #expect(
                throws: TrackingError.ambiguousRun(name: "flow", matches: ["flowers-001", "flowers-002"])
            ) {
                try index.run("flow")
            }
            #expect(
                throws: TrackingError.unknownRun(
                    name: "flwers-001", runs: samples.runs.relativePath,
                    nearest: ["flowers-001", "flowers-002"])
            ) { try index.run("flwers-001") }
        }
    }

    @Test func `A folder of runs that is not there is an error, and no folder is made`() throws {
        try RunSamples.with { samples in
            let none = samples.runs.appending(path: "none")
            #expect(throws: TrackingError.folder(path: none.path, reason: "No such file or directory")) {
                try RunIndex(none)
            }
            #expect(!FileManager.default.fileExists(atPath: none.path))
        }
    }

    @Test func `Sections that are no sections in a run's files do not keep the others from being read`()
        throws
    {
        try RunSamples.with { samples in
            let run = try samples.write("a-001")
            try Data(#"{"fine_tuned": 5, "from_scratch": "x", "parameter_count": 7}"#.utf8)
                .write(to: run.appending(path: "run.json"))
            let index = try RunIndex(samples.runs)
            let answer = try index.answer(RunQuery(columns: ["parameter_count", "test_accuracy"]))
            #expect(answer.rows.map(\.facts) == [[.number(7), nil]])
        }
    }
}
