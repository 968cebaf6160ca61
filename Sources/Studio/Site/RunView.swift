import Foundation
import Pages
import Tracking
import Wording

/// The page of a run: its report and, while it goes on, its live curves.
struct RunView {
    private let entry: RunIndex.Entry
    private let folder: URL
    private let forms: EditForms?

    init(_ entry: RunIndex.Entry, _ folder: URL, forms: EditForms?) {
        (self.entry, self.folder, self.forms) = (entry, folder, forms)
    }

    private var path: String { PercentCoding.encode(path: entry.name) }
    private var isRunning: Bool { entry.state == .running }

    /// The page as it is sent.
    /// - Throws: `ReportError` where the run's tables do not make sense.
    func content(pictures: Studio.Pictures?) throws -> Content {
        let thumbnail = pictures?(folder)
        let report = RunPage(name: entry.name, folder: folder, files: "/runs/\(path)/files/") {
            thumbnail?($0)
        }
        let page = try report.page(lead: [links, edits], first: isRunning ? [live] : [])
        // Without scripts, the page is loaded again now and then.
        let reload: HTML = .tag(
            "noscript", [:], .tag("meta", ["http-equiv": "refresh", "content": "30"], nil))
        return SiteFrame.content(
            page, .runs, head: isRunning ? reload : [], scripts: isRunning ? [LiveScript.source] : [])
    }

    private var links: HTML {
        let group = entry.name.split(separator: "/").dropLast().first.map(String.init)
        return .tag(
            "p", [:],
            [
                .tag("a", ["href": "/runs/\(path)/files", "class": "file"], "Files"),
                .tag("a", ["href": "/api/runs/\(path)", "class": "file"], "JSON"),
                group.map {
                    .tag("a", ["href": "/sweeps/" + PercentCoding.encode($0), "class": "file"], .text($0))
                }
                    ?? [],
            ])
    }

    private var edits: HTML {
        guard let forms else { return [] }
        let notes = (try? RunNotes.read(folder)) ?? RunNotes()
        return forms.run(entry.name, tags: notes.tags, note: notes.note)
    }

    private var live: Page.Section {
        let facts = RunRecord(folder).facts
        let epochs = facts.filter { $0.key.wholeMatch(of: #/training\.stages\.\d+\.epochs/#) != nil }
            .compactMap(\.value.number).reduce(0, +)
        func number(_ keys: String...) -> Double? { keys.lazy.compactMap { facts[$0]?.number }.first }
        let total = epochs > 0 ? " of \(Int(epochs))" : ""
        let cards = [
            ("epoch", "Epoch", number("epoch").map { "\(Int($0))\(total)" }),
            ("loss", "Validation loss", number("val_loss", "loss").map { String(format: "%.4f", $0) }),
            (
                "accuracy", "Validation accuracy",
                number("val_accuracy", "accuracy").map(percent)
            ),
            ("now", "Now", nil), ("left", "Time left", nil),
        ].map { id, title, value in
            HTML.tag(
                "div", ["class": "card"],
                [.tag("dt", [:], .text(title)), .tag("dd", ["id": "live-\(id)"], .text(value ?? "-"))])
        }
        let charts = [("Loss", "460 220"), ("Accuracy", "460 220"), ("Loss of each step", "960 220")].map {
            title, size in
            HTML.tag(
                "figure", ["class": size == "960 220" ? "chart wide" : "chart", "hidden": ""],
                [
                    .tag("h3", [:], .text(title)),
                    .tag(
                        "svg",
                        ["viewBox": "0 0 \(size)", "role": "img", "tabindex": "0", "aria-label": title]),
                    .tag("div", ["class": "key"]),
                ])
        }
        return Page.Section(
            id: "live-section", title: "Live",
            content: .tag(
                "div",
                [
                    "id": "live", "data-events": "/api/runs/\(path)/events",
                    "data-epochs": epochs > 0 ? "\(Int(epochs))" : nil,
                ],
                [
                    .tag(
                        "p", [:],
                        [
                            "The run is ",
                            .tag(
                                "span", ["id": "live-state", "class": "state-running", "role": "status"],
                                "running"), ".",
                        ]),
                    .tag("dl", ["class": "cards"], HTML(cards)),
                    .tag("div", ["class": "charts"], HTML(charts)),
                    .tag(
                        "noscript", [:],
                        .tag(
                            "p", ["class": "dim"],
                            "The curves below are those of the last epoch; the page loads again every 30 seconds."
                        )),
                ]))
    }
}
