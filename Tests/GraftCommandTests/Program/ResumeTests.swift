import Foundation
import Graft
import TestSupport
import Testing

@testable import GraftCommand

@Suite struct ResumeTests {
    private static let words = [
        "train", "small.yaml", "--runs", "runs", "--threads", "1", "--checkpoint-every", "0",
        "--set", "training.baseline=from_scratch", "--set", "model.head.dropout=0.3",
        "--set", "training.stages.0.epochs=8",
    ]

    /// Ends a program some time after it has told of so many epochs, if it has not ended by itself.
    private static func kill(
        _ running: Program.Running, afterEpochs epochs: Int, and delay: Duration
    ) -> Program.Outcome {
        while running.process.isRunning, running.output.split(separator: "\nepoch ").count <= epochs {
            usleep(1000)
        }
        usleep(UInt32(delay / .microseconds(1)))
        if running.process.isRunning { Foundation.kill(running.process.processIdentifier, SIGKILL) }
        return running.wait()
    }

    private static func wait(for text: String, of running: Program.Running) {
        let deadline = ContinuousClock.now + .seconds(300)
        while !running.output.contains(text), ContinuousClock.now < deadline { usleep(10_000) }
    }

    /// A run with little in it, so that many can be killed.
    private static let short = [
        "train", "small.yaml", "--runs", "runs", "--threads", "1", "--checkpoint-steps", "2",
        "--set", "regularization.ema={decay: 0.9}", "--set", "model.head.dropout=0.3",
        "--set", "training.stages.0.accumulate=2",
    ]

    /// Ends a program at a moment of its life, if it has not ended by itself.
    private static func kill(_ running: Program.Running, after delay: Duration) -> Program.Outcome {
        let end = ContinuousClock.now + delay
        while running.process.isRunning, .now < end { usleep(500) }
        if running.process.isRunning { Foundation.kill(running.process.processIdentifier, SIGKILL) }
        return running.wait()
    }

    @Test
    func
        `Runs that are killed at fifty random moments, some of their newest checkpoints cut, end as one that is not`()
        throws
    {
        try Self.expectSameResults(of: Self.short, afterKills: 50)
    }

    @Test func `Runs that are killed while layers are unfrozen one group after another end likewise`() throws
    {
        let stage = "{name: gradual, unfreeze_gradually: 1, epochs: 4, learning_rate: 0.01, optimizer: adam}"
        try Self.expectSameResults(
            of: Self.short + ["--set", "training.stages.1=\(stage)", "--set", "training.stages.0.epochs=1"],
            afterKills: 8)
    }

    /// The checkpoint that a run which was killed goes on from: where one was taking the place of the other, there is only
    /// the one before.
    static func newestCheckpoint(in run: URL) throws -> URL {
        let files = ["checkpoint.h5", "checkpoint.previous.h5"].map { run.appending(path: $0) }
        return try #require(files.first { FileManager.default.fileExists(atPath: $0.path) })
    }

    /// Cuts the newest of a run's checkpoints, as a power cut may, where there is one before it.
    private static func cutNewestCheckpoint(
        in folder: URL, using random: inout some RandomNumberGenerator
    ) throws {
        let files = ["checkpoint.h5", "checkpoint.previous.h5"].map { folder.appending(path: $0) }
        guard files.allSatisfy({ FileManager.default.fileExists(atPath: $0.path) }) else { return }
        let handle = try FileHandle(forWritingTo: files[0])
        let size = try handle.seekToEnd()
        try handle.truncate(atOffset: UInt64.random(in: 0..<max(size, 1), using: &random))
        try handle.close()
    }

    /// Trains a run to its end, and others that are killed at random moments, so many times in all.
    private static func expectSameResults(of words: [String], afterKills count: Int) throws {
        try SmallExperiment.with { small in
            let start = ContinuousClock.now
            #expect(try Program.run(Program.graft, words, in: small.folder).status == 0)
            var life = ContinuousClock.now - start
            let names = ["model.weights.h5", "predictions.csv"]
            func result(_ run: String) throws -> [Data] {
                try names.map { try Data(contentsOf: small.runs.appending(path: "\(run)/\($0)")) }
            }
            let expected = try result("small-001")
            var random = SystemRandomNumberGenerator()
            var (kills, runs) = (0, 1)
            /// Goes on until the run, whose number is the next one, is finished.
            func finish(_ run: String) throws {
                let folder = small.runs.appending(path: run)
                func has(_ name: String) -> Bool {
                    FileManager.default.fileExists(atPath: folder.appending(path: name).path)
                }
                while !has("run.json") {
                    // One that was killed before it had a configuration cannot be known by its folder.
                    if !has("config.yaml") { try? FileManager.default.removeItem(at: folder) }
                    let again =
                        has("config.yaml")
                        ? ["train", "--resume", "runs/\(run)", "--threads", "1", "--checkpoint-steps", "2"]
                        : words
                    // Anywhere in its life, also while it starts, saves, or writes the evidence.
                    let delay =
                        kills < count ? life * Double.random(in: 0...1, using: &random) : .seconds(3600)
                    let start = ContinuousClock.now
                    let outcome = Self.kill(
                        try Program.start(Program.graft, again, in: small.folder), after: delay)
                    #expect(outcome.status == 0 || outcome.status == -1, "\(outcome.error)")
                    if outcome.status == -1 {
                        kills += 1
                        if kills % 2 == 0 { try Self.cutNewestCheckpoint(in: folder, using: &random) }
                    }
                    // The machine may have been busier before: nothing is killed after its end.
                    if outcome.status == 0 { life = min(life, start.duration(to: .now) * 2) }
                }
                #expect(try result(run) == expected)
                let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                // What was killed after the summary was written has its checkpoints still.
                #expect(!left.contains { $0.hasPrefix(".check") }, "\(left)")
            }
            while kills < count {
                runs += 1
                try finish("small-" + String("00\(runs)".suffix(3)))
            }
            #expect(kills >= count)
        }
    }

    @Test func `A run that is finished is left as it is`() throws {
        try SmallExperiment.with { small in
            #expect(try Program.run(Program.graft, Self.words, in: small.folder).status == 0)
            let log = small.runs.appending(path: "small-001/log.jsonl")
            let before = try Data(contentsOf: log)
            let outcome = try Program.graft("train", "--resume", "runs/small-001", in: small.folder)
            #expect(outcome.status == 0)
            #expect(outcome.output == "runs/small-001 is finished; there is nothing left to do\n")
            #expect(try Data(contentsOf: log) == before)
        }
    }

    @Test func `A run that another program trains is not resumed`() throws {
        try SmallExperiment.with { small in
            let running = try Program.start(
                Program.graft, Self.words + ["--set", "training.stages.1.epochs=100000"], in: small.folder)
            Self.wait(for: "\nepoch 1 ", of: running)
            let outcome = try Program.graft("train", "--resume", "runs/small-001", in: small.folder)
            #expect(outcome.status == 1)
            #expect(
                outcome.error
                    == "error: runs/small-001: the run is still going; stop it before it is resumed\n")
            running.process.interrupt()
            #expect(running.wait().status == 130)
        }
    }

    @Test func `A disk that is full ends the run with a reason, and keeps the checkpoint before`() throws {
        try SmallExperiment.with { small in
            let run = small.runs.appending(path: "small-001")
            let first = try Program.start(
                Program.graft, Self.words + ["--set", "training.stages.1.epochs=100000"], in: small.folder)
            Self.wait(for: "\nepoch 2 ", of: first)
            #expect(Self.kill(first, afterEpochs: 2, and: .zero).status == -1)
            let checkpoint = try Self.newestCheckpoint(in: run)
            let before = try Data(contentsOf: checkpoint)
            // No file may become as large as the checkpoint is, which is what a full disk looks like; drawings may.
            let blocks = (before.count - 1) / 512
            let script = "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" train --resume runs/small-001"
            let outcome = try Program.run("/bin/sh", ["-c", script, Program.graft], in: small.folder)
            #expect(outcome.status == 1)
            #expect(
                outcome.error
                    == "error: runs/small-001/checkpoint.h5: could not be written: File too large\n")
            #expect(try Data(contentsOf: checkpoint) == before)
            let names = try FileManager.default.contentsOfDirectory(atPath: run.path)
            #expect(!names.contains { $0.hasSuffix(".tmp") }, "\(names)")
            // Where there is room again, it goes on.
            let again = try Program.start(
                Program.graft, ["train", "--resume", "runs/small-001"], in: small.folder)
            Self.wait(for: "\nepoch 4 ", of: again)
            #expect(again.output.contains("\nepoch 4 "))
            again.process.interrupt()
            #expect(again.wait().status == 130)
        }
    }

    @Test func `What has no effect on a run that is resumed is refused`() throws {
        for words in [["--set", "seed=1"], ["--runs", "elsewhere"], ["--check"], ["x.yaml"]] {
            let outcome = try Program.run(Program.graft, ["train", "--resume", "runs/small-001"] + words)
            #expect(outcome.status == 2)
        }
        let none = try Program.graft("train", "--resume", "/nowhere/small-001")
        #expect(none.status == 1)
        #expect(none.error == "error: /nowhere/small-001: there is no such folder\n")
        #expect(try Program.graft("train").error.hasPrefix("error: 'graft train' needs CONFIG"))
    }
}
