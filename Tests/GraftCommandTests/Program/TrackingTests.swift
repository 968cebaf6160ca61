import Foundation
import TestSupport
import Testing

/// `graft runs`, `show`, `compare`, `tag`, `note`, `rm`, `restore` and `archive`, on real runs.
@Suite struct TrackingTests {
    @Test func `Two runs are found, told apart, tagged, archived, removed and brought back`() throws {
        try SmallExperiment.with { small in
            let runs = small.runs.path
            func graft(_ words: String..., status: Int32 = 0) throws -> String {
                let outcome = try Program.run(Program.graft, words + ["--runs", runs])
                #expect(outcome.status == status, "\(words): \(outcome.error)")
                return status == 0 ? outcome.output : outcome.error
            }
            for rate in ["0.1", "0.0001"] {
                _ = try graft(
                    "train", small.configuration.path, "--threads", "1", "--set",
                    "training.stages.0.learning_rate=\(rate)")
            }
            #expect(
                try graft("runs", "--where", "stages.0.learning_rate < 0.01", "--csv", "--columns", "seed")
                    == "name,seed\nsmall-002,3\n")
            #expect(try graft("runs").contains("TEST_ACCURACY"))
            _ = try graft("tag", "2", "slow")
            #expect(try graft("runs", "--where", "tag:slow", "--json").contains(#""name" : "small-002""#))
            _ = try graft("note", "small-002", "a rate that is too low")
            let shown = try graft("show", "small-002")
            #expect(shown.contains("a rate that is too low") && shown.contains("model.architecture"))

            // A path that leads to a run is enough.
            let elsewhere = try Program.graft("show", runs + "/small-002", in: small.folder)
            #expect(elsewhere.status == 0 && elsewhere.output.contains("a rate that is too low"))
            let inside = try Program.graft("show", "small-002", in: small.runs)
            #expect(inside.status == 0, "\(inside.error)")

            let target = small.folder.appending(path: "comparison")
            let compared = try graft("compare", "1", "2", "--to", target.path, "--draws", "100")
            #expect(compared.contains("training.stages.0.learning_rate") && compared.contains("McNemar's p"))
            #expect(try graft("compare", "1", status: 1).contains("expected two runs or more"))

            let archive = small.folder.appending(path: "small.zip").path
            _ = try graft("archive", "1", "--to", archive)
            #expect(FileManager.default.fileExists(atPath: archive))
            _ = try graft("rm", "1", "2")
            #expect(try graft("runs") == "no runs\n")
            _ = try graft("rm", "--undo")
            #expect(try graft("runs", "--columns", "state").contains("small-001  finished"))
            #expect(try graft("show", "smal-001", status: 1).contains("did you mean 'small-001'"))
            #expect(try graft("runs", "--where", "seed =", status: 1).contains("at character 7"))
            #expect(try graft("runs", "--sort", "acuracy", status: 1).contains("did you mean"))
        }
    }

    @Test func `A run is calibrated, and what it predicts is what its exported model does`() throws {
        try SmallExperiment.with { small in
            func graft(_ words: String...) throws -> String {
                let outcome = try Program.run(Program.graft, words)
                #expect(outcome.status == 0, "\(words): \(outcome.error)")
                return outcome.output
            }
            func scores(_ model: String, _ options: String...) throws -> [Double] {
                let picture = Fixtures.path("datasets/images/grey.png")
                let outcome = try Program.run(
                    Program.graft, ["predict", model, picture, "--csv", "-"] + options)
                #expect(outcome.status == 0, "\(outcome.error)")
                return outcome.output.split(separator: "\n").last?.split(separator: ",").dropFirst()
                    .compactMap { Double($0) } ?? []
            }
            _ = try graft(
                "train", small.configuration.path, "--threads", "1", "--runs", small.runs.path)
            let run = small.runs.appending(path: "small-001").path
            let before = try scores(run)
            #expect(try graft("calibrate", run).hasPrefix("temperature "))
            let after = try scores(run)
            #expect(zip(before, after).contains { abs($0 - $1) > 1e-3 })
            for name in ["small.keras", "small.h5"] {
                let model = small.folder.appending(path: name).path
                #expect(try graft("export", run, "--to", model).contains("divided by the temperature"))
                let exported = try scores(model, "--preprocess", "tf")
                #expect(exported.count == 3)
                #expect(zip(exported, after).allSatisfy { abs($0 - $1) < 1e-6 })
            }
            #expect(try graft("calibrate", run, "--remove").contains("no temperature"))
            #expect(zip(try scores(run), before).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }

    @Test func `A folder of runs that is not there is an error that names it`() throws {
        let outcome = try Program.graft("runs", "--runs", "/nowhere/at/all")
        #expect(outcome.status == 1 && outcome.error.contains("/nowhere/at/all: No such file or directory"))
    }
}
