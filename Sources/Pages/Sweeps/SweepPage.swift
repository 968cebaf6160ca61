import Foundation
import Reports
import Sweeps
import Tracking

/// The report of a sweep: its trials in a table that can be sorted and filtered, and every drawing with its numbers.
public struct SweepPage {
    /// Where a site has what the page leads to.
    package struct Links: Sendable {
        /// What comes before the names of the drawings' files.
        var files: String
        /// What comes before the names of the trials' folders.
        var trials: String

        /// The places of a site.
        package init(files: String, trials: String) { (self.files, self.trials) = (files, trials) }
    }

    private let report: SweepReport
    private let links: Links?

    /// A page that has its files within it.
    public init(_ report: SweepReport) { self.init(report, links: nil) }

    /// A page of a site, which leads to its files.
    package init(_ report: SweepReport, links: Links?) { (self.report, self.links) = (report, links) }

    /// The page.
    public var page: Page {
        Page(
            title: report.history.name,
            lead: .tag("p", ["class": "dim summary"], .text(report.history.summary)),
            sections: [trials] + report.figures.compactMap(section))
    }

    /// The style sheets that it needs besides those of every page.
    package static let styles = ["\n\(TrialTable.style)\n"]
    /// The scripts that it needs besides those of every page.
    package static let scripts = ["\n\(TrialTable.script)\n"]

    private var trials: Page.Section {
        let table = TrialTable(report.history, links: links?.trials)
        return Page.Section(
            id: "trials", title: "Trials",
            content: [table.html, .tag("p", [:], file("trials.csv", report.history.table.text))])
    }

    private func section(_ figure: SweepReport.Figure) -> Page.Section? {
        guard let drawing = InlineDrawing(figure.drawing.text, prefix: "\(figure.name)-") else { return nil }
        let files = [
            file("\(figure.name).svg", figure.drawing.text), file("\(figure.name).csv", figure.table.text),
        ]
        return Page.Section(
            id: figure.name, title: figure.title,
            content: .tag(
                "figure", [:],
                [
                    drawing.html,
                    .tag("figcaption", [:], [.text(figure.caption), .tag("div", [:], HTML(files))]),
                ]))
    }

    private func file(_ name: String, _ text: String) -> HTML {
        if let links { return .tag("a", ["href": links.files + name, "class": "file"], .text(name)) }
        return .download(
            name, Data(text.utf8), type: name.hasSuffix(".svg") ? "image/svg+xml" : "text/csv")
    }
}

extension SweepHistory {
    /// How many trials there are, how they are, and the best, in a line.
    fileprivate var summary: String {
        let counts = Dictionary(grouping: trials, by: \.state).sorted { $0.key < $1.key }
            .map { "\($1.count) \($0)" }
        let best = best.map { trial in
            "best: trial \(trial.number), "
                + zip(metrics, trial.values).map { "\($0.name) \($1.map(NumberText.short) ?? "–")" }
                .joined(separator: ", ")
        }
        return
            (["\(trials.count) \(trials.count == 1 ? "trial" : "trials")"] + counts
            + [best].compactMap(\.self)).joined(separator: " · ")
    }
}

extension SweepReport.Figure {
    fileprivate var title: String {
        let words = name.replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// What to look for.
    fileprivate var caption: String {
        switch name {
        case "optimization_history":
            "Every trial's metric in the order in which they began, and the best so far: a line that no longer moves "
                + "says that more trials will not help."
        case "parallel_coordinates":
            "A line for each finished trial through its settings; the better, the stronger."
        case "importance":
            "The share of the metric's variance that each parameter explains by itself, from a forest of regression "
                + "trees (functional ANOVA)."
        case "slices": "The metric over each parameter, whatever the others were."
        case "contour": "The metric over the two most important numbers, between the trials that there were."
        case "pareto_front": "What no other trial beats in both metrics."
        case "early_stopping":
            "The metric over the epochs; a line that ends early is a trial that was stopped."
        default: ""
        }
    }
}

extension SweepFolder {
    /// Writes the sweep's table, drawings and page into its folder.
    /// - Throws: `ReportError`
    public func writeReport(_ sweep: SweepConfiguration, _ trials: [Sweeps.Trial]) throws(ReportError) {
        let report = SweepReport(sweep, trials)
        try report.write(to: url)
        try SweepPage(report).write(to: url.appending(path: "report.html"))
    }
}

extension SweepPage {
    /// The whole file.
    public var text: String { page.text(in: Self.frame) }

    /// Writes the page, whole or not at all.
    /// - Throws: `ReportError/unwritable(file:reason:)`
    public func write(to file: URL) throws(ReportError) {
        try page.write(to: file, in: Self.frame)
    }

    private static var frame: PageFrame { .none.adding(styles: styles, scripts: scripts) }
}
