import Foundation
import Graft
import TestSupport
import Testing

@testable import GraftCommand

/// A file system that is really full: one in memory, which only root may mount.
@Suite struct FullDiskTests {
    /// Mounts a small file system on a folder for as long as the body runs.
    private static func withDisk(at folder: URL, _ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.path(percentEncoded: false)
        #expect(try Program.run("/bin/mount", ["-t", "tmpfs", "-o", "size=16m", "graft", path]).status == 0)
        defer { _ = try? Program.run("/bin/umount", ["-l", path]) }
        try body()
    }

    private static let canMount: Bool = {
        var isPossible = false
        try? Fixtures.withTemporaryFolder { folder in
            let path = folder.path(percentEncoded: false)
            let mount = try Program.run("/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "graft", path])
            isPossible = mount.status == 0
            if isPossible { _ = try Program.run("/bin/umount", [path]) }
        }
        return isPossible
    }()

    /// Writes until nothing more can be.
    private static func fill(_ folder: URL) throws -> URL {
        let file = folder.appending(path: "ballast")
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        for size in [1 << 16, 1 << 12] {
            while (try? handle.write(contentsOf: Data(repeating: 7, count: size))) != nil {}
        }
        return file
    }

    @Test(.enabled(if: FullDiskTests.canMount, "needs root, to mount a small file system"))
    func `A run on a full disk ends with the reason and whole files, and goes on where there is room`() throws
    {
        try SmallExperiment.with { small in
            let words = [
                "train", "small.yaml", "--threads", "1", "--checkpoint-steps", "1", "--set",
                "training.stages.1.epochs=4", "--runs",
            ]
            #expect(try Program.run(Program.graft, words + ["whole"], in: small.folder).status == 0)
            try Self.withDisk(at: small.runs) {
                let run = small.runs.appending(path: "small-001")
                let checkpoint = run.appending(path: "checkpoint.h5")
                // On a busy machine it may be over before it is killed.
                for attempt in 1...20 {
                    try? FileManager.default.removeItem(at: run)
                    let first = try Program.start(Program.graft, words + ["runs"], in: small.folder)
                    while first.process.isRunning, !FileManager.default.fileExists(atPath: checkpoint.path) {
                        usleep(1000)
                    }
                    kill(first.process.processIdentifier, SIGKILL)
                    let summary = run.appending(path: "run.json").path
                    if first.wait().status == -1, !FileManager.default.fileExists(atPath: summary) { break }
                    try #require(attempt < 20)
                }
                let kept = try ResumeTests.newestCheckpoint(in: run)
                let before = try Data(contentsOf: kept)
                let ballast = try Self.fill(small.runs)
                let resume = ["train", "--resume", "runs/small-001", "--threads", "1"]
                let outcome = try Program.run(Program.graft, resume, in: small.folder)
                #expect(outcome.status == 1)
                #expect(outcome.error.hasPrefix("error: "), "\(outcome.error)")
                #expect(outcome.error.contains("No space left on device"), "\(outcome.error)")
                #expect(outcome.error.contains("runs/small-001/"), "\(outcome.error)")
                let names = try FileManager.default.contentsOfDirectory(atPath: run.path)
                #expect(!names.contains { $0.hasSuffix(".tmp") || $0 == "run.json" }, "\(names)")
                #expect(try Data(contentsOf: kept) == before)
                try FileManager.default.removeItem(at: ballast)
                #expect(try Program.run(Program.graft, resume, in: small.folder).status == 0)
                for name in ["model.weights.h5", "predictions.csv"] {
                    let whole = small.folder.appending(path: "whole/small-001/\(name)")
                    #expect(
                        try Data(contentsOf: run.appending(path: name)) == Data(contentsOf: whole), "\(name)")
                }
            }
        }
    }
}
