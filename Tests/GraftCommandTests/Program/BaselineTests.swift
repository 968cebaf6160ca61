import Foundation
import TestSupport
import Testing

/// `graft baseline`
@Suite struct BaselineTests {
    @Test func `A baseline is shown as a table, and written as CSV`() throws {
        try SmallExperiment.with { small in
            let file = small.folder.appending(path: "baselines/small.csv")
            let outcome = try Program.graft(
                "baseline", small.configuration.path, "--to", file.path, "--threads", "1",
                "--feature-cache", small.folder.appending(path: "cache").path)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output.contains("to be beaten: "))
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 5 && lines[0].hasPrefix("solver,settings,val_accuracy,accuracy"))
            #expect(lines[1].hasPrefix("logistic_regression,C="))
        }
    }
}
