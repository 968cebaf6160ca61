import Foundation
import TestSupport
import Testing

/// `graft studio`
@Suite struct StudioTests {
    @Test func `It says where to look, and ends at Ctrl-C`() throws {
        try RunSamples.with { samples in
            try samples.write("flowers-001")
            let studio = try Program.start(
                Program.graft, ["studio", "--runs", samples.runs.path, "--port", "0"],
                environment: ["GRAFT_TOKEN": ""])
            while studio.process.isRunning, !studio.output.contains("\n") { usleep(20_000) }
            let address = try #require(studio.output.firstMatch(of: #/http:\/\/127\.0\.0\.1:\d+\//#))
            #expect(studio.output.hasPrefix("1 run of \(samples.runs.path) at "))
            let curl = try Program.run("/usr/bin/env", ["curl", "-sf", "\(address.0)api/runs"])
            #expect(curl.status == 127 || curl.output.contains("flowers-001"))
            kill(studio.process.processIdentifier, SIGINT)
            let outcome = studio.wait()
            #expect(outcome.status == 130 && outcome.error == "interrupted\n")
        }
    }

    @Test func `What keeps it from serving is said`() throws {
        try RunSamples.with { samples in
            let runs = samples.runs.path
            let cases: [(words: [String], token: String, status: Int32, message: String)] = [
                ([runs, "--host", "0.0.0.0"], "", 1, "a token is needed"),
                ([runs, "--host", "0.0.0.0"], "short", 1, "found 5 characters"),
                ([runs, "--host", "example.org"], "", 1, "expected an address in numbers"),
                (["/nowhere/at/all", "--port", "0"], "", 1, "/nowhere/at/all: No such file or directory"),
                ([runs, "--port", "70000"], "", 2, "expected a port"),
                ([runs, "--runs", runs], "", 2, "a folder is named already"),
            ]
            for item in cases {
                let outcome = try Program.run(
                    Program.graft, ["studio"] + item.words, environment: ["GRAFT_TOKEN": item.token])
                #expect(outcome.status == item.status && outcome.output == "", "\(item.words)")
                #expect(outcome.error.contains(item.message), "\(outcome.error)")
            }
        }
    }
}
