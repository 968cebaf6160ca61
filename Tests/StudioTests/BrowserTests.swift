import Foundation
import Pages
import TestSupport
import Testing

@testable import Studio

@Suite struct BrowserTests {
    private static let browser = PagePrinter.browser()

    /// What a page is after some seconds in a browser, and what the browser said meanwhile.
    private func load(_ address: String, _ folder: URL) throws -> (page: String, said: String) {
        let process = Process()
        process.executableURL = URL(filePath: Self.browser ?? "")
        process.arguments = [
            "--headless", "--disable-gpu", "--no-sandbox", "--enable-logging=stderr",
            "--virtual-time-budget=1000", "--run-all-compositor-stages-before-draw",
            "--user-data-dir=\(folder.appending(path: ".profile").path)", "--dump-dom", address,
        ]
        let errors = folder.appending(path: ".said")
        try Data().write(to: errors)
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, try FileHandle(forWritingTo: errors))
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), try String(contentsOf: errors, encoding: .utf8))
    }

    @Test(.enabled(if: browser != nil, "needs Chromium or Chrome"))
    func `In a browser the curves of a run that goes on are drawn, and the policy stands in nobody's way`()
        throws
    {
        let hub = EventHub(pause: .milliseconds(20))
        try withStudio(allowsEdits: true, hub: hub) { client, samples in
            let run = try GoingRun(samples)
            try run.write(epochs: 3)
            try run.write(steps: 1..<20)
            try eventually { try client.get("/runs/going-001").status == 200 }
            let address = "http://127.0.0.1:\(client.port)/runs/going-001"
            var (page, said) = ("", "")
            for attempt in 0..<5 where !page.contains("<path class=\"train\" d=\"M") {
                try? FileManager.default.removeItem(at: run.folder.appending(path: "run.json"))
                // A browser that only loads a page waits for the end of what the page asked for, but not for the
                // drawing, for which a machine that is busy may need more time.
                Thread {
                    for _ in 0..<3000 where hub.count == 0 { usleep(20_000) }
                    usleep(400_000 << UInt32(attempt))
                    try? run.finish()
                }.start()
                (page, said) = try load(address, samples.runs)
            }
            #expect(page.contains("<dd id=\"live-epoch\">3"), "\(said)")
            #expect(page.components(separatedBy: "<path class=\"train\" d=\"M").count == 4)
            #expect(page.contains("<path class=\"valid\" d=\"M"))
            #expect(page.contains("aria-label=\"Accuracy: training 0.2000, validation 0.5000"))
            #expect(!said.contains("Content Security Policy") && !said.contains("Uncaught"), "\(said)")
        }
    }
}
