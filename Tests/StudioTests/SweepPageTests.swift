import Foundation
import Sweeps
import TestSupport
import Testing

@testable import Studio

@Suite struct SweepPageTests {
    /// A sweep with two trials that are over and one that goes on.
    private func write(_ samples: RunSamples) throws -> SQLStore {
        let folder = samples.runs.appending(path: "search-001")
        let experiment = SmallExperiment(folder: samples.runs).yaml.split(separator: "\n").map { "  \($0)\n" }
            .joined()
        let yaml = """
            name: search
            method: random
            metric: val_accuracy
            seed: 1
            parameters:
              model.head.dropout: {min: 0.0, max: 0.5}
            experiment:
            \(experiment)
            """
        try Data(yaml.utf8).write(to: folder.appending(path: "sweep.yaml"))
        let store = try SQLStore(path: folder.appending(path: "sweep.sqlite").path)
        for accuracy in [0.25, 0.75] { try finish(try claim(store), accuracy, store) }
        _ = try claim(store)
        return store
    }

    private func claim(_ store: SQLStore) throws -> Claim {
        let request = ClaimRequest(worker: .current, lease: 60, trialCap: nil)
        let answer = try store.claim(request) { trials in ["model.head.dropout": 0.1 * Double(trials.count)] }
        guard case .claimed(let claim) = answer else { throw POSIXError(.EAGAIN) }
        return claim
    }

    private func finish(_ claim: Claim, _ accuracy: Double, _ store: SQLStore) throws {
        _ = try store.report(epoch: 1, ["val_accuracy": accuracy / 2], claim) { _ in false }
        try store.finish(claim, results: ["val_accuracy": accuracy])
    }

    @Test func `A sweep has a page with its trials, which follows what happens, and files`() throws {
        try withStudio { client, samples in
            #expect(try client.get("/sweeps").text.contains("There are no sweeps yet"))
            let store = try write(samples)
            let list = try client.get("/sweeps").text
            #expect(
                list.contains("href=\"/sweeps/search-001\"") && list.contains("0.75")
                    && list.contains("running"))
            let page = try client.get("/sweeps/search-001")
            #expect(page.status == 200 && page.text.contains("3 trials") && page.text.contains("2 finished"))
            #expect(page.text.contains("href=\"/runs/search-001/trial-0002\""))
            #expect(page.text.contains("href=\"/sweeps/search-001/files/slices.svg\""))
            let policy = try #require(page.headers["content-security-policy"])
            for part in page.text.matches(
                of: #/<(script|style)>(.*?)<\/(?:script|style)>/#.dotMatchesNewlines())
            {
                #expect(policy.contains("'sha256-\(ContentPolicy.hash(of: String(part.2)))'"))
            }
            try finish(try claim(store), 0.875, store)
            #expect(try client.get("/sweeps/search-001").text.contains("4 trials"))
            let data = try client.get("/api/sweeps/search-001").text
            #expect(data.contains(#""isRunning":true"#) && data.contains(#""val_accuracy":"0.875""#))
            #expect(try client.get("/api/sweeps").text == "{\"sweeps\":[\"search-001\"]}\n")
            let drawing = try client.get("/sweeps/search-001/files/slices.svg")
            #expect(drawing.headers["content-type"] == "image/svg+xml" && drawing.text.contains("graft-plot"))
            #expect(drawing.headers["content-security-policy"]?.hasPrefix("sandbox") == true)
            for path in ["x.svg", "slices.txt", "sweep.sqlite", "slices"] {
                #expect(try client.get("/sweeps/search-001/files/\(path)").status == 404, "\(path)")
            }
        }
    }

    @Test func `A sweep that cannot be read is listed with the reason, and has a page that says it`() throws {
        try withStudio { client, samples in
            _ = try write(samples)
            try Data("name: [".utf8).write(to: samples.runs.appending(path: "search-001/sweep.yaml"))
            #expect(try client.get("/sweeps").text.contains("sweep.yaml"))
            let page = try client.get("/sweeps/search-001")
            #expect(page.status == 500 && page.text.contains("sweep.yaml"))
        }
    }
}
