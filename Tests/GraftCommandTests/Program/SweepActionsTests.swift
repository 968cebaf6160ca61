import Foundation
import Graft
import TestSupport
import Testing

@testable import GraftCommand

/// What can be done with a sweep that was begun: here one whose trials were never trained.
@Suite struct SweepActionsTests {
    private static func with(_ body: (_ small: SmallExperiment) throws -> Void) throws {
        try SmallExperiment.with(train: 3, test: 3) { small in
            let folder = small.runs.appending(path: "tiny-001")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let yaml = """
                name: tiny
                method: random
                metric: val_accuracy
                run_cap: 4
                parameters:
                  model.head.dropout: {min: 0.0, max: 0.5}
                experiment:
                \(small.yaml.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))

                """
            try Data(yaml.utf8).write(to: folder.appending(path: "sweep.yaml"))
            let store = try SQLStore(path: folder.appending(path: "sweep.sqlite").path)
            for number in 1...3 {
                let request = ClaimRequest(worker: .current, lease: 60, trialCap: 3)
                let answer = try store.claim(request) { _ in ["model.head.dropout": 0.125 * Double(number)] }
                guard case .claimed(let claim) = answer else { throw POSIXError(.EAGAIN) }
                number == 2
                    ? try store.fail(claim, error: "it broke")
                    : try store.finish(claim, results: ["val_accuracy": 0.25 * Double(number)])
            }
            try body(small)
        }
    }

    private static func sweep(_ small: SmallExperiment, _ words: String...) throws -> Program.Outcome {
        try Program.run(Program.graft, ["sweep"] + words, in: small.folder)
    }

    @Test func `The status is a table, and says nothing of what happened when`() throws {
        try Self.with { small in
            let outcome = try Self.sweep(small, "status", "runs/tiny-001")
            #expect(
                outcome.output == """

                    trials
                    TRIAL  STATE     VAL_ACCURACY  EPOCHS  TIME  DROPOUT
                        1  finished        0.2500       0  0:00  0.125
                        2  failed               -       0  0:00  0.25
                        3  finished        0.7500       0  0:00  0.375
                    trial 2: it broke

                    3/4 trials  2 finished  1 failed  best val_accuracy 0.7500 (trial 3)
                    try failed trials again with: graft sweep retry runs/tiny-001
                    train the best again with: graft sweep apply runs/tiny-001

                    """, "\(outcome)")
        }
    }

    @Test func `Words and options that an action has no use for are refused`() throws {
        try Self.with { small in
            let cases = [
                (["best", "runs/tiny-001", "3"], "has no use for '3'"),
                (["apply", "runs/tiny-001", "1", "3"], "has no use for '3'"),
                (["stop", "runs/tiny-001", "1"], "has no use for '1'"),
                (
                    ["status", "runs/tiny-001", "--to", "x"],
                    "--to has no effect here: 'status' does not use it"
                ),
                (["retry", "runs/tiny-001", "--workers", "2"], "--workers has no effect here"),
                (["statsu", "runs/tiny-001"], "expected a sweep's file alone, or status, best, apply"),
                (["status"], "needs SWEEP"),
            ]
            for (words, message) in cases {
                let outcome = try Program.run(Program.graft, ["sweep"] + words, in: small.folder)
                #expect(outcome.status == 2 && outcome.error.contains(message), "\(words) \(outcome)")
            }
            let none = try Self.sweep(small, "apply", "runs/tiny-001", "9")
            #expect(none.error == "error: there is no trial 9; the sweep has trials 1 to 3\n")
        }
    }

    @Test func `What was applied can be applied again, but replaces nothing else`() throws {
        try Self.with { small in
            let first = try Self.sweep(small, "apply", "runs/tiny-001", "--to", "best.yaml")
            #expect(first.status == 0, "\(first)")
            let second = try Self.sweep(small, "apply", "runs/tiny-001", "1", "--to", "best.yaml")
            #expect(second.status == 0, "\(second)")
            let written = try ExperimentConfiguration.load(
                path: small.folder.appending(path: "best.yaml").path)
            #expect(written.name == "small-trial-0001" && written.model.head.dropout == 0.125)
            let own = try Self.sweep(small, "apply", "runs/tiny-001", "--to", "small.yaml")
            #expect(own.status == 1 && own.error.hasPrefix("error: small.yaml: there is such a file already"))
            #expect(try String(contentsOf: small.configuration, encoding: .utf8) == small.yaml)
            let nowhere = try Self.sweep(small, "apply", "runs/tiny-001", "--to", "nowhere/best.yaml")
            #expect(nowhere.error == "error: nowhere/best.yaml: No such file or directory\n")
        }
    }
}
