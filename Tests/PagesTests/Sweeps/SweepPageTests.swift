import Foundation
import Reports
import TestSupport
import Testing

@testable import Pages

@Suite struct SweepPageTests {
    /// Trials of two metrics; the third failed, the fourth was stopped early.
    private static let history = SweepHistory(
        name: "a <sweep> & more",
        parameters: [.init(name: "head.rate", title: "rate", isLogarithmic: true), .init(name: "l2")],
        metrics: [
            .init(name: "val_accuracy", isMaximized: true), .init(name: "seconds", isMaximized: false),
        ],
        trials: (1...12).map { number in
            let x = Double(number * 7 % 11)
            guard number != 3 else {
                return .init(
                    number: 3, state: "failed", settings: [0.1, 0], values: [nil, nil],
                    error: "no <such> file")
            }
            let value = 0.9 - 0.01 * (x - 4) * (x - 4)
            return .init(
                number: number, state: number == 4 ? "stopped" : "finished",
                settings: [0.0001 * (1 + x), 0.1 * x], values: [value, 10 + x], curve: [value - 0.2, value])
        })

    private static var page: SweepPage {
        SweepPage(SweepReport(history, importance: [.init(name: "l2", value: 0.5, deviation: 0.1)]))
    }

    @Test func `The page holds everything, escapes what others wrote, and needs no network`() throws {
        let text = Self.page.text
        #expect(text.contains("<h1>a &lt;sweep&gt; &amp; more</h1>") && text.contains("no &lt;such&gt; file"))
        #expect(text.components(separatedBy: "<svg ").count == 8)
        #expect(text.components(separatedBy: "<tr").count == 14)
        #expect(text.contains("12 trials · 1 failed · 10 finished · 1 stopped · best: trial 10, "))
        #expect(!text.contains("src=\"") && !text.contains("@import") && !text.contains("<link"))
        let addresses = text.components(separatedBy: "http").dropFirst()
        #expect(addresses.allSatisfy { $0.hasPrefix("://www.w3.org/2000/svg") || $0.hasPrefix("-equiv") })
        #expect(text.contains("default-src &#39;none&#39;"))
        for name in ["trials.csv", "importance.svg", "importance.csv", "pareto_front.csv"] {
            #expect(text.contains("<a download=\"\(name)\" href=\"data:"), "\(name)")
        }
    }

    @Test func `It looks and is used like every other page`() {
        let text = Self.page.text
        for part in Page.styles + Page.scripts + SweepPage.styles + SweepPage.scripts {
            #expect(text.contains(part))
        }
        #expect(text.contains("<button class=\"theme\"") && text.contains("href=\"#content\""))
        for id in ["trials", "optimization_history", "importance", "slices", "contour", "early_stopping"] {
            #expect(text.contains("<a href=\"#\(id)\">") && text.contains("<h2 id=\"\(id)\">"), "\(id)")
        }
        // What tells one drawing's parts from another's is there once.
        let ids = text.matches(of: #/ id="([^"]+)"/#).map(\.1)
        #expect(Set(ids).count == ids.count)
    }

    @Test func `The table says what each column is, and which trial is the best`() {
        let text = Self.page.text
        #expect(text.contains("data-name=\"head.rate\" title=\"head.rate\" class=\"number\""))
        #expect(text.components(separatedBy: "<tr class=\"best\"><td data-number=\"10.0\"").count == 2)
        #expect(text.contains("<tr class=\"failed\">"))
    }

    @Test func `A site's page leads to files and trials instead`() {
        let links = SweepPage.Links(files: "/sweeps/a/files/", trials: "/runs/a/")
        let text = SweepPage(SweepReport(Self.history), links: links).page.text
        #expect(text.contains("href=\"/sweeps/a/files/slices.svg\"") && !text.contains("href=\"data:"))
        #expect(text.contains("<a href=\"/runs/a/trial-0012\">12</a>"))
    }

    @Test func `A sweep without trials has a page, too`() {
        let empty = SweepHistory(
            name: "empty", parameters: [], metrics: Self.history.metrics, trials: [])
        #expect(SweepPage(SweepReport(empty)).text.contains("0 trials"))
    }
}
