import Foundation
import Graft
import TestSupport
import Testing

@Suite struct ExplainTests {
    private let model = Fixtures.path("insight/residual.h5")
    private let pictures = ["rgb.png", "grey.png"].map { Fixtures.path("datasets/images/\($0)") }

    private func explain(_ arguments: String..., in folder: URL) throws -> Program.Outcome {
        try Program.run(
            Program.graft, ["explain", model] + pictures + ["--preprocess", "tf"] + arguments, in: folder)
    }

    @Test func `Each picture gets a drawing, numbers and a picture, and all together an overview`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let outcome = try explain(in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(
                outcome.output
                    == "2 pictures by Grad-CAM, layer block2_out; overview in explanations/grad-cam.svg\n")
            let made = folder.appending(path: "explanations")
            let names = try FileManager.default.contentsOfDirectory(atPath: made.path).sorted()
            let each = ["rgb", "grey"].flatMap { name in
                ["csv", "png", "svg"].map { "\(name).grad-cam.\($0)" }
            }
            #expect(names == (each + ["grad-cam.csv", "grad-cam.svg"]).sorted())
            let table = try CSVReader(contentsOf: made.appending(path: "rgb.grad-cam.csv"))
            // A map of 5 × 4 over 20 × 16 pixels.
            #expect(table.records.count == 20)
            #expect(table.records[1].fields[1...4] == ["0.0", "4.0", "4.0", "4.0"])
            #expect(table.records.compactMap { Double($0.fields[6]) }.max() == 1)
            let picture = try Image(contentsOfFile: made.appending(path: "rgb.grad-cam.png").path)
            #expect(picture.channels == 3 && max(picture.height, picture.width) == 256)
        }
    }

    @Test func `Several classes are looked for at once, by occlusion too`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let outcome = try explain(
                "--class", "2", "--class=0", "--method", "occlusion", "--patch", "8", "--fill", "zero",
                "--out", "here", in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(
                outcome.output.contains("patches of 8 pixels every 4, zero; overview in here/occlusion.svg"))
            let table = try CSVReader(contentsOf: folder.appending(path: "here/grey.occlusion.csv"))
            #expect(table.records.count { $0.fields[0] == "2" } == 12)
            #expect(table.records.count { $0.fields[0] == "0" } == 12)
        }
    }

    @Test(arguments: [
        (["--layer", "block9"], 1, "no layer 'block9'"),
        (["--layer", "pool"], 1, "expected a map [H, W, C]"),
        (["--class", "cat"], 2, "--class: expected one of 0, 1, 2, 3"),
        (["--patch", "4"], 2, "--patch has no effect here: it is for occlusion"),
        (["--method", "occlusion", "--layer", "stem"], 2, "it is for grad-cam"),
        (["--method", "occlusion", "--patch", "30"], 1, "found 30 × 30"),
        (["--method", "lime"], 2, "expected grad-cam or occlusion, found 'lime'"),
    ])
    func `What makes no sense is refused`(options: [String], status: Int32, message: String) throws {
        let outcome = try Program.run(
            Program.graft, ["explain", model, pictures[0], "--preprocess", "tf"] + options)
        #expect(outcome.status == status)
        #expect(outcome.error.contains(message), "\(outcome.error)")
    }

    @Test func `A run's surest mistakes are explained for the predicted and the true class`() throws {
        try SmallExperiment.with { small in
            let trained = try Program.graft(
                "train", "small.yaml", "--runs", "runs", "--threads", "1", "--set",
                "training.stages.0.epochs=1", "--set", "training.stages.0.learning_rate=0.0001", "--set",
                "training.stages.1.epochs=1", in: small.folder)
            #expect(trained.status == 0, "\(trained.error)")
            let run = small.runs.appending(path: "small-001")
            let predictions = try Predictions(contentsOfCSV: run.appending(path: "predictions.csv"))
            let mistakes = predictions.surestMistakes(3)
            try #require(mistakes.count == 3)
            let outcome = try Program.graft("explain", "runs/small-001", "--mistakes", "3", in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let made = run.appending(path: "explanations")
            let rows = try CSVReader(contentsOf: made.appending(path: "mistakes.grad-cam.csv")).records.map(
                \.fields)
            let names = SmallExperiment.classNames
            #expect(
                rows.map { [$0[0], $0[1], $0[2], $0[4]] }
                    == mistakes.map {
                        let row = predictions.rows[$0.row]
                        let (label, predicted) = (names[row.label], names[row.predictedLabel])
                        return [row.identifier, label, predicted, "\(predicted);\(label)"]
                    })
            for (row, mistake) in zip(rows, mistakes) {
                #expect(abs((Double(row[3]) ?? 0) - mistake.confidence) < 1e-5)
                #expect(FileManager.default.fileExists(atPath: made.appending(path: row[5]).path))
            }
            let useless = try Program.graft(
                "explain", "runs/small-001", "--mistakes", "3", "--class", "dark", in: small.folder)
            #expect(useless.status == 2)
        }
    }
}
