import Foundation
import Graft
import TestSupport
import Testing

@Suite struct PlanTests {
    @Test func `A plan shows what each stage trains and what it takes, and writes nothing`() throws {
        try SmallExperiment.with { small in
            let outcome = try Program.graft(
                "plan", "small.yaml", "--no-timing", "--set",
                "training.stages.1.learning_rate={to: 0.001, decay: 0.5}", in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(
                outcome.output.contains(
                    """
                    GROUP    LAYERS  PARAMETERS  1 RATE  BN     2 RATE  BN
                    conv1         3         104  frozen  infer  frozen  infer
                    block_1       6         296  frozen  infer  frozen  infer
                    block_2       7         848  frozen  infer  0.0005  train
                    head          2          99     0.1  -       0.001  -
                    """))
            let lines = outcome.output.split(separator: "\n")
            let head = try #require(lines.first { $0.hasPrefix("1 head") })
            #expect(head.split(separator: " ").prefix(7) == ["1", "head", "1-3", "12", "8", "adam", "99"])
            #expect(head.hasSuffix("  -     -"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: small.folder.path).count == 2)
        }
    }

    @Test func `The plan of a head that is worked out says by what, and has no stages`() throws {
        try SmallExperiment.with { small in
            let outcome = try Program.graft(
                "plan", "small.yaml", "--threads", "1", "--set", "training.stages=[]", "--set",
                "model.head.solver=ridge", in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(
                outcome.output.contains("head      worked out by ridge with alpha=1.0; nothing is trained"))
            #expect(outcome.output.contains("GROUP") && !outcome.output.contains("STAGE"))
        }
    }

    @Test func `A plan can be read by programs`() throws {
        try SmallExperiment.with { small in
            let json = try Program.graft("plan", "small.yaml", "--threads", "1", "--json", in: small.folder)
            #expect(json.status == 0, "\(json.error)")
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let plan = try decoder.decode(RunPlan.self, from: Data(json.output.utf8))
            #expect(plan.phases.map(\.name) == ["head", "last_block"])
            #expect(plan.phases.allSatisfy { $0.seconds ?? 0 > 0 })
            let csv = try Program.graft("plan", "small.yaml", "--no-timing", "--csv", in: small.folder)
            let file = small.folder.appending(path: "plan.csv")
            try Data(csv.output.utf8).write(to: file)
            let table = try CSVReader(contentsOf: file)
            #expect(table.records.count == 8)
            let counts = table.records.map { $0.fields[11] }
            #expect(counts == ["0", "0", "0", "99", "0", "0", "752", "99"])
        }
    }

    @Test func `Groups that gradual unfreezing does not come to are told`() throws {
        try SmallExperiment.with { small in
            let stage = "training.stages.0={name: s, epochs: 2, learning_rate: 0.1, unfreeze_gradually: 1}"
            let outcome = try Program.graft(
                "train", "small.yaml", "--check", "--set", stage, in: small.folder)
            #expect(
                outcome.output.contains("frozen    stage 's' ends before conv1, block_1 are unfrozen"),
                "\(outcome.output)")
            let twice = stage.replacing("1}", with: "{every: 1, groups: 2}}")
            let whole = try Program.graft("train", "small.yaml", "--check", "--set", twice, in: small.folder)
            #expect(whole.status == 0 && !whole.output.contains("ends before"), "\(whole.error)")
        }
    }

    @Test func `A plan finds what is wrong before any work`() throws {
        try SmallExperiment.with { small in
            let outcome = try Program.graft(
                "plan", "small.yaml", "--set", "training.stages.1.freeze={layers: [conv_dw*, bloc*]}",
                in: small.folder)
            #expect(outcome.status == 1)
            #expect(
                outcome.error
                    .hasSuffix(
                        ": training.stages[1].freeze: network 'mobilenet' has no layer whose name fits 'bloc*'"
                            + "; these are layer groups, which are written without 'layers': "
                            + "[block_1, block_2]\n"))
            let both = try Program.graft("plan", "small.yaml", "--csv", "--json", in: small.folder)
            #expect(both.status == 2)
        }
    }
}
