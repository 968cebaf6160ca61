import Foundation
import FoundationXML
import TestSupport
import Testing

@testable import GraftCommand

@Suite struct FindLearningRateTests {
    @Test func `A sweep draws its curve, names a rate, and writes nothing else`() throws {
        try SmallExperiment.with { small in
            let words = ["find-lr", "small.yaml", "--threads", "1", "--steps", "40", "--stage", "last_block"]
            let outcome = try Program.run(Program.graft, words, in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output.contains("learning rates for stage 'last_block'"))
            #expect(outcome.output.contains("try it with: --set training.stages.1.learning_rate="))
            let folder = small.folder.appending(path: "experiments/learning-rates")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            #expect(names == ["small-stage2.csv", "small-stage2.svg"])
            let csv = try String(contentsOf: folder.appending(path: names[0]), encoding: .utf8)
            #expect(csv.hasPrefix("step,learning_rate,loss,smoothed_loss\n1,1e-07,"))
            let parser = XMLParser(data: try Data(contentsOf: folder.appending(path: names[1])))
            #expect(parser.parse())
            #expect(!FileManager.default.fileExists(atPath: small.runs.path))
            // The same command finds the same.
            _ = try Program.run(Program.graft, words + ["--out", "again"], in: small.folder)
            let again = small.folder.appending(path: "again/small-stage2.csv")
            #expect(try String(contentsOf: again, encoding: .utf8) == csv)
        }
    }

    @Test func `What makes no sense is refused`() throws {
        try SmallExperiment.with { small in
            let cases = [
                (["--stage", "x"], "expected one of head, last_block"),
                (["--to", "1e-8"], "greater than the least"),
                (["--steps", "3"], "at least 20"),
            ]
            for (words, message) in cases {
                let outcome = try Program.run(
                    Program.graft, ["find-lr", "small.yaml"] + words, in: small.folder)
                #expect(outcome.status == 2)
                #expect(outcome.error.contains(message), "\(outcome.error)")
            }
        }
    }
}
