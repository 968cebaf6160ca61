import Foundation
import TestSupport
import Testing

/// `graft cache`, and the options of `graft train` that concern it.
@Suite struct CacheTests {
    @Test func `A second run takes all features from the cache, which can be shown and emptied`() throws {
        try SmallExperiment.with { small in
            let cache = small.folder.appending(path: "cache").path
            func train(_ runs: String, _ arguments: String...) throws -> [String: Any] {
                let folder = small.folder.appending(path: runs)
                let outcome = try Program.run(
                    Program.graft,
                    ["train", small.configuration.path, "--runs", folder.path, "--threads", "1"] + arguments)
                #expect(outcome.status == 0, "\(outcome.error)")
                let summary = try Data(contentsOf: folder.appending(path: "small-001/run.json"))
                return try JSONSerialization.jsonObject(with: summary) as? [String: Any] ?? [:]
            }
            func computed(_ summary: [String: Any]) -> Int? {
                (summary["features"] as? [String: Any])?["computed"] as? Int
            }
            let first = try train("first", "--feature-cache", cache)
            let second = try train("second", "--feature-cache", cache)
            let without = try train("without", "--feature-cache", "off")
            #expect(computed(first) == 90 && computed(second) == 0 && computed(without) == 207)
            for other in [second, without] {
                let results = (first["fine_tuned"] as? [String: Any])?["log_loss"] as? Double
                #expect((other["fine_tuned"] as? [String: Any])?["log_loss"] as? Double == results)
            }
            let shown = try Program.graft("cache", "--folder", cache)
            #expect(shown.status == 0 && shown.output.contains("LAST USED"))
            let pruned = try Program.graft("cache", "--folder", cache, "--prune", "0")
            #expect(pruned.output.contains("removed 5 files"), "\(pruned.output)")
            let wrong = try Program.graft("cache", "--prune", "much")
            #expect(wrong.status == 2 && wrong.error.contains("a number of gigabytes"))
        }
    }
}
