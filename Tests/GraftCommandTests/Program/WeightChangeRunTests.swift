import Foundation
import Graft
import TestSupport
import Testing

@Suite struct WeightChangeRunTests {
    @Test func `A run that begins with imported weights says what it has moved, now and later`() throws {
        try SmallExperiment.with { small in
            func train(_ overrides: String...) throws {
                let outcome = try Program.run(
                    Program.graft,
                    ["train", "small.yaml", "--runs", "runs", "--threads", "1"]
                        + (["training.stages.0.epochs=1", "training.stages.1.epochs=1"] + overrides)
                        .flatMap { ["--set", $0] }, in: small.folder)
                #expect(outcome.status == 0, "\(outcome.error)")
            }
            try train()
            try train("model.weights=runs/small-001/model.weights.h5")
            let run = small.runs.appending(path: "small-002")
            let file = run.appending(path: "weight_change.csv")
            let written = try String(contentsOf: file, encoding: .utf8)
            let rows = try CSVReader(contentsOf: file).records.map(\.fields)
            // The last stage trains the second block; the stem and the first were frozen all along.
            let groups = Dictionary(grouping: rows) { $0[1] }
            let frozen = (groups["conv1"] ?? []) + (groups["block_1"] ?? [])
            #expect(frozen.count == 6)
            for row in frozen {
                #expect(row[4] == "false" && row[7] == "0.0" && row[8] == "1.0")
                #expect(row[9] == (row[0].hasSuffix("_bn") ? "0.0" : ""))
            }
            let trained = groups["block_2"] ?? []
            #expect(trained.count == 4)
            for row in trained { #expect((Double(row[7]) ?? 0) > 0 && row[3] == "true" && row[4] == "true") }
            let head = try #require(rows.last)
            #expect(Array(head[1...4]) == ["head", "99", "false", "true"])
            let drawing = try String(contentsOf: run.appending(path: "weight_change.svg"), encoding: .utf8)
            #expect(drawing.contains("frozen"))

            try FileManager.default.removeItem(at: file)
            let outcome = try Program.graft("explain", "runs/small-002", "--weights", in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output == "11 layers; drawing in runs/small-002/weight_change.svg\n")
            #expect(try String(contentsOf: file, encoding: .utf8) == written)

            let random = try Program.graft("explain", "runs/small-001", "--weights", in: small.folder)
            #expect(random.status == 1 && random.error.contains("began with random weights"))
            let first = small.runs.appending(path: "small-001/weight_change.csv")
            #expect(!FileManager.default.fileExists(atPath: first.path))
            let useless = try Program.graft(
                "explain", "runs/small-002", "--weights", "--layer", "conv1", in: small.folder)
            #expect(useless.status == 2)
        }
    }
}
