import Foundation
import Graft
import TestSupport
import Testing

@testable import GraftCommand

@Suite struct RunTests {
    private static func train(_ small: SmallExperiment, _ overrides: String...) throws -> Program.Outcome {
        try Program.run(
            Program.graft,
            ["train", "small.yaml", "--runs", "runs", "--threads", "1"]
                + overrides.flatMap { ["--set", $0] },
            in: small.folder)
    }

    @Test func `A run is trained, evaluated and asked`() throws {
        try SmallExperiment.with { small in
            let trained = try Self.train(small)
            #expect(trained.status == 0, "\(trained.error)")
            #expect(
                trained.output.hasPrefix("small\npictures  27 train, 9 validation, 18 test in 3 classes\n"))
            #expect(trained.output.contains("\nrun       runs/small-001\n"))
            #expect(
                trained.output.contains("\nstage head  99 trainable parameters, 3 epochs\nepoch 1  loss "))
            #expect(trained.output.contains("\nreports in runs/small-001\n"))
            try Self.evaluates(small)
            try Self.predicts(small)
            try Self.exports(small)
        }
    }

    /// What the last stage froze is not to be trained by Keras either.
    private static func exports(_ small: SmallExperiment) throws {
        for name in ["small.keras", "small.h5"] {
            let outcome = try Program.graft("export", "runs/small-001", "--to", name, in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let file = try ModelFile(small.folder.appending(path: name).path, in: .thisProcess)
            let first = ["conv1", "conv_dw_1", "conv_pw_1"]
            #expect(try file.model().frozenLayers == Set(first + first.map { $0 + "_bn" }), "\(name)")
        }
    }

    private static func evaluates(_ small: SmallExperiment) throws {
        let own = try Program.graft("evaluate", "runs/small-001", in: small.folder)
        #expect(own.status == 0, "\(own.error)")
        #expect(own.output.hasPrefix("18 pictures in 3 classes\nCLASS         PRECISION"))
        #expect(own.output.hasSuffix("reports in runs/small-001/evaluations/test-001\n"))
        let evaluations = small.runs.appending(path: "small-001/evaluations")
        let other = try Program.graft(
            "evaluate", "runs/small-001", "--data", "pictures", "--to", "elsewhere", in: small.folder)
        #expect(other.status == 0, "\(other.error)")
        let again = try Data(contentsOf: small.folder.appending(path: "elsewhere/summary.csv"))
        #expect(try Data(contentsOf: evaluations.appending(path: "test-001/summary.csv")) == again)
        let gallery = try CSVReader(contentsOf: evaluations.appending(path: "test-001/gallery.csv"))
        #expect(gallery.records.count { $0.fields[0] == "uncertain" } == 18)
        for name in ["mistakes", "uncertain", "cells"] {
            let file = evaluations.appending(path: "test-001/gallery_\(name).svg")
            #expect(try String(contentsOf: file, encoding: .utf8).hasSuffix("</svg>\n"))
        }
        let useless = try Program.graft("evaluate", "runs/small-001", "--skip-broken", in: small.folder)
        #expect(useless.status == 2)
        #expect(useless.error.contains("--skip-broken has no effect here: without --data"))
        let none = try Program.graft("evaluate", "runs", in: small.folder)
        #expect(none.status == 1)
        #expect(
            none.error == "error: runs: this is not the folder of a finished run: it has no config.yaml\n")
    }

    private static func predicts(_ small: SmallExperiment) throws {
        let files = ["grey.png", "rgb.jpg"].map { Fixtures.path("datasets/images/\($0)") }
        let outcome = try Program.run(
            Program.graft, ["predict", "runs/small-001"] + files + ["--csv", "scores.csv", "--top", "1"],
            in: small.folder)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.output.split(separator: "\n").count == 2)
        let table = try CSVReader(contentsOf: small.folder.appending(path: "scores.csv"))
        #expect(table.header == ["file"] + SmallExperiment.classNames)
        #expect(table.records.map { $0.fields[0] } == files)
        for record in table.records {
            #expect(abs(record.fields.dropFirst().compactMap { Double($0) }.reduce(0, +) - 1) < 1e-6)
        }
        let piped = try Program.graft(
            "predict", "runs/small-001", files[0], "--csv", "-", in: small.folder)
        #expect(piped.output.split(separator: "\n").first == "file,dark,grey,bright")
        let broken = Fixtures.path("datasets/broken/cut.png")
        let failed = try Program.graft(
            "predict", "runs/small-001", files[0], broken, "--csv", "no.csv", in: small.folder)
        #expect(failed.status == 1)
        #expect(failed.error.hasPrefix("error: \(broken): not a readable picture"))
        #expect(!FileManager.default.fileExists(atPath: small.folder.appending(path: "no.csv").path))
    }

    @Test func `A check says what would be done and writes nothing`() throws {
        try SmallExperiment.with { small in
            let outcome = try Program.graft(
                "train", "small.yaml", "--check", "--runs", "runs", in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(
                outcome.output.hasSuffix(
                    """
                    weights   random
                    stage 1   head: 3 epochs, 99 trainable parameters, learning rate 0.1
                    stage 2   last_block: 2 epochs, 851 trainable parameters, learning rate 0.001

                    """))
            #expect(!FileManager.default.fileExists(atPath: small.runs.path))
        }
    }

    @Test func `A run that fails ends with 1 and says why`() throws {
        try SmallExperiment.with { small in
            let outcome = try Self.train(small, "training.stages.0.learning_rate=3e38")
            #expect(outcome.status == 1)
            #expect(outcome.error.hasPrefix("error: the loss "))
            #expect(outcome.error.contains("try a smaller learning rate"))
            let missing = try Program.graft("train", "no.yaml", in: small.folder)
            #expect(missing.status == 1)
            #expect(missing.error == "error: no.yaml: there is no such file\n")
        }
    }

    @Test func `Ctrl-C ends a training between two steps, without a summary`() throws {
        try SmallExperiment.with { small in
            let running = try Program.start(
                Program.graft,
                ["train", "small.yaml", "--runs", "runs", "--threads", "1"]
                    + ["--set", "training.stages.0.epochs=100000"], in: small.folder)
            let deadline = ContinuousClock.now + .seconds(300)
            while !running.output.contains("\nepoch 2 "), ContinuousClock.now < deadline { usleep(20_000) }
            running.process.interrupt()
            let outcome = running.wait()
            #expect(outcome.status == 130)
            #expect(
                outcome.error == "interrupted; go on with: graft train --resume runs/small-001\n")
            let run = small.runs.appending(path: "small-001")
            #expect(FileManager.default.fileExists(atPath: run.appending(path: "metrics.csv").path))
            #expect(!FileManager.default.fileExists(atPath: run.appending(path: "run.json").path))
            let log = try String(contentsOf: run.appending(path: "log.jsonl"), encoding: .utf8)
            #expect(log.hasSuffix("\n"))
            #expect(log.split(separator: "\n").last?.contains("\"event\":\"interrupted\"") == true)
        }
    }

    @Test(arguments: ["experiments", "pretrained"])
    func `The configurations that come with the program can be read`(folder: String) throws {
        let url = Fixtures.checkout.appending(path: folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: url.path).filter {
            $0.hasSuffix(".yaml") && !$0.hasSuffix("-sweep.yaml")
        }
        #expect(!files.isEmpty)
        for file in files { _ = try ExperimentConfiguration.load(path: url.appending(path: file).path) }
    }
}
