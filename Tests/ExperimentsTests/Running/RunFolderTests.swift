import Dispatch
import Experiments
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct RunFolderTests {
    @Test func `Folders are numbered by the first number that is free`() throws {
        try Fixtures.withTemporaryFolder { parent in
            let runs = parent.appending(path: "new/runs")
            let names = try (0..<3).map { _ in try RunFolder.create(named: "x", in: runs).name }
            #expect(names == ["x-001", "x-002", "x-003"])
            try FileManager.default.removeItem(at: runs.appending(path: "x-002"))
            #expect(try RunFolder.create(named: "x", in: runs).name == "x-002")
            #expect(try RunFolder.create(named: "y", in: runs).name == "y-001")
        }
    }

    @Test func `Runs that begin together get a folder each`() throws {
        try Fixtures.withTemporaryFolder { runs in
            let names = Mutex<Set<String>>([])
            DispatchQueue.concurrentPerform(iterations: 20) { _ in
                if let name = try? RunFolder.create(named: "x", in: runs).name {
                    names.withLock { _ = $0.insert(name) }
                }
            }
            #expect(names.withLock { $0.count } == 20)
        }
    }

    @Test func `A place where no folder can be made is named`() throws {
        try Fixtures.withTemporaryFolder { parent in
            let file = parent.appending(path: "file")
            try Data().write(to: file)
            let path = file.path(percentEncoded: false)
            let noFolder = ExperimentError.folder(path: path, reason: "is not a folder")
            #expect(throws: noFolder) { try RunFolder.create(named: "x", in: file) }
            let below = ExperimentError.folder(path: "\(path)/runs", reason: "Not a directory")
            #expect(throws: below) { try RunFolder.create(named: "x", in: file.appending(path: "runs")) }
            let noPlace = ExperimentError.folder(path: "/proc/runs", reason: "No such file or directory")
            #expect(throws: noPlace) {
                try RunFolder.create(
                    named: "x", in: URL(filePath: "/proc/runs", directoryHint: .notDirectory))
            }
        }
    }

    @Test func `A folder that is not a finished run says what is missing`() throws {
        try Fixtures.withTemporaryFolder { parent in
            #expect(throws: ExperimentError.folder(path: "/nowhere", reason: "there is no such folder")) {
                try RunFolder.open("/nowhere")
            }
            let path = parent.path(percentEncoded: false)
            for name in ["config.yaml", "run.json"] {
                #expect(throws: ExperimentError.notARun(path: path, missing: name)) {
                    try RunFolder.open(path)
                }
                try Data().write(to: parent.appending(path: name))
            }
            // A trial of a sweep may be without its weights.
            #expect(throws: ExperimentError.noWeights(path: path)) { try RunFolder.open(path) }
            try Data().write(to: parent.appending(path: "model.weights.h5"))
            let folder = try RunFolder.open(path)
            let error = #expect(throws: ExperimentError.self) { try RunSummary.read(folder) }
            #expect("\(try #require(error))".contains("run.json: it is not the summary of a run"))
        }
    }

    @Test func `The log has a whole JSON object a line`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "log.jsonl")
            let log = try RunLog(at: file)
            struct Facts: Encodable { var keptEpoch: Int }
            try log.record("one", ["text": "two\nlines"])
            try log.record("two", Facts(keptEpoch: 7))
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            let objects = try lines.map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            #expect(objects.map { $0["event"] as? String } == ["one", "two"])
            #expect(objects[0]["text"] as? String == "two\nlines")
            #expect(objects[1]["kept_epoch"] as? Int == 7)
            #expect(objects.allSatisfy { $0["time"] is String })
        }
    }

    @Test func `A log that cannot be made is named`() throws {
        let error = ExperimentError.folder(path: "/nowhere/log.jsonl", reason: "No such file or directory")
        #expect(throws: error) {
            _ = try RunLog(at: URL(filePath: "/nowhere/log.jsonl"))
        }
    }

    @Test func `A log is added to, after a line that was cut off, by one at a time`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "log.jsonl")
            try Data("{}\n{\"cut\": ".utf8).write(to: file)
            do {
                let log = try RunLog(at: file)
                let shown = RunFolder(url: folder).path()
                #expect(throws: ExperimentError.stillRunning(path: shown)) { _ = try RunLog(at: file) }
                try log.record("one", [String: String]())
            }
            try RunLog(at: file).record("two", [String: String]())
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 4)
            #expect(lines.prefix(2) == ["{}", "{\"cut\": "])
            #expect(lines[2].contains("one") && lines[3].contains("two"))
        }
    }

    @Test func `Whoever has a log for a moment only is waited for`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "log.jsonl")
            let other = open(file.path, O_RDWR | O_CREAT, 0o644)
            #expect(flock(other, LOCK_SH) == 0)
            Thread.detachNewThread {
                usleep(60_000)
                close(other)
            }
            try RunLog(at: file).record("one", [String: String]())
        }
    }
}
