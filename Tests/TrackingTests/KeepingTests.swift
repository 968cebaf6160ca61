import Foundation
import TestSupport
import Testing

@testable import Tracking

@Suite struct KeepingTests {
    @Test func `What was removed is brought back together, or one by one, until the bin is emptied`() throws {
        try RunSamples.with { samples in
            for name in ["a-001", "a-002", "a-003"] { try samples.write(name) }
            let bin = RunBin(samples.runs)
            try bin.remove(["a-001"])
            try bin.remove(["a-002", "a-003"])
            #expect(try RunIndex(samples.runs).entries().isEmpty)
            #expect(bin.list.map(\.name).sorted() == ["a-001", "a-002", "a-003"])
            #expect(try bin.undo() == ["a-002", "a-003"])
            try bin.restore("a-001")
            #expect(try RunIndex(samples.runs).entries().map(\.name) == ["a-001", "a-002", "a-003"])
            #expect(throws: TrackingError.self) { try bin.undo() }
            try bin.remove(["a-001"])
            try samples.write("a-001")
            #expect(throws: TrackingError.taken(path: samples.runs.appending(path: "a-001").path)) {
                try bin.restore("a-001")
            }
            #expect(try bin.empty() == 1 && bin.list.isEmpty)
        }
    }

    private static let hasPython = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: "\($0)/python3") }

    @Test(.enabled(if: hasPython, "needs python3"))
    func `An archive has every file of a run as it is, and an unpacker of others reads it`() throws {
        try RunSamples.with { samples in
            let run = try samples.write("a-001")
            let weights = Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            try weights.write(to: run.appending(path: "model.weights.h5"))
            try FileManager.default.createDirectory(
                at: run.appending(path: "from_scratch"), withIntermediateDirectories: true)
            try Data("x".utf8).write(to: run.appending(path: "from_scratch/metrics.csv"))
            let file = samples.runs.appending(path: "a.zip")
            #expect(try RunArchive.write(run, to: file) == 6)
            let python = Process()
            python.executableURL = URL(filePath: "/usr/bin/env")
            python.arguments = [
                "python3", "-c",
                "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])", file.path,
                samples.runs.appending(path: "out").path,
            ]
            try python.run()
            python.waitUntilExit()
            try #require(python.terminationStatus == 0)
            let unpacked = samples.runs.appending(path: "out/a-001")
            #expect(try Data(contentsOf: unpacked.appending(path: "model.weights.h5")) == weights)
            #expect(
                try Data(contentsOf: unpacked.appending(path: "from_scratch/metrics.csv")) == Data("x".utf8))
        }
    }

    @Test func `An archive that cannot be written leaves nothing behind`() throws {
        try RunSamples.with { samples in
            let run = try samples.write("a-001")
            let folder = samples.runs.appending(path: "no/such/folder")
            #expect(throws: TrackingError.self) {
                try RunArchive.write(run, to: folder.appending(path: "a.zip"))
            }
            #expect(throws: CancellationError.self) {
                try RunArchive.write(run, to: samples.runs.appending(path: "a.zip")) { share in
                    if share > 0.5 { throw CancellationError() }
                }
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: samples.runs.path)
            #expect(names == ["a-001"])
        }
    }

    @Test func `A tag that could not be asked for is refused`() {
        var notes = RunNotes()
        #expect(throws: TrackingError.tag("two words")) { try notes.add("two words") }
        #expect(throws: TrackingError.tag("")) { try notes.add("") }
    }
}
