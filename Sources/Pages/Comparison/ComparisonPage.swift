import Evaluation
import Foundation
import Reports
import Tracking
import Wording

/// The report of several runs side by side.
public struct ComparisonPage {
    private let comparison: RunComparison

    /// The report of a comparison.
    public init(_ comparison: RunComparison) { self.comparison = comparison }

    /// The page.
    public var page: Page {
        let names = comparison.runs.map(\.name)
        return Page(
            title: names.count <= 3 ? names.joined(separator: ", ") : "\(names.count) runs",
            lead: .tag("p", [:], .text(lead)),
            sections: [results, curves, tests, settings].compactMap(\.self))
    }

    private var lead: String {
        let best = zip(comparison.runs, comparison.results).compactMap { run, estimates in
            estimates?.first.map { (run.name, $0.value) }
        }.max { $0.1 < $1.1 }
        let count =
            "\(comparison.runs.count) runs, which differ in \(counted(comparison.differences.count, "setting"))."
        guard let best else { return count }
        return count
            + " The most accurate on its test pictures is \(best.0), with \(percent(best.1))."
    }

    private var results: Page.Section {
        let names = comparison.results.lazy.compactMap(\.self).first?.map(\.name) ?? []
        let rows = zip(comparison.runs, comparison.results).map { run, estimates -> [HTML] in
            [.text(run.name)]
                + names.indices.map { index in
                    guard let estimate = estimates?[index] else { return "-" }
                    return .text(
                        String(
                            format: "%.4f (%.4f to %.4f)", estimate.value, estimate.lower, estimate.upper))
                }
        }
        return section(
            "results", "Results",
            [
                .table("On the test pictures, with 95 % intervals", header: ["run"] + names, rows: rows),
                file("results.csv", comparison.resultsTable),
            ])
    }

    private var curves: Page.Section? {
        let drawing = SVGDocument.runCurvesPlot(comparison.runs.map { ($0.name, $0.history) })
        guard let inline = InlineDrawing(drawing.text, prefix: "c-") else { return nil }
        return section(
            "curves", "Learning curves",
            .tag(
                "figure", [:],
                [
                    inline.html,
                    .tag(
                        "figcaption", [:],
                        [
                            .download("learning_curves.svg", Data(drawing.text.utf8), type: "image/svg+xml"),
                            file("learning_curves.csv", comparison.curvesTable),
                        ]),
                ]))
    }

    private var tests: Page.Section? {
        guard !comparison.pairs.isEmpty else { return nil }
        let rows = comparison.pairs.flatMap { pair in
            pair.differences.map { difference -> [HTML] in
                [
                    .text("\(pair.names.second) against \(pair.names.first)"), .text(difference.name),
                    .text(String(format: "%+.4f", difference.value)),
                    .text(String(format: "%.4f to %.4f", difference.lower, difference.upper)),
                    .text("\(pair.test.onlySecond) and \(pair.test.onlyFirst)"),
                    .text(String(format: "%.3g", pair.test.pValue)), .text("\(pair.samples)"),
                ]
            }
        }
        return section(
            "tests", "May it be chance?",
            [
                .tag(
                    "p", [:],
                    """
                    The difference on the pictures that both were judged by, with the paired bootstrap's interval; how \
                    many pictures only one of the two has right; and McNemar's exact test, the probability of so uneven \
                    a division if both were equally good.
                    """),
                .table(
                    "Pairs of runs",
                    header: [
                        "pair", "metric", "difference", "95 %", "right only by one", "McNemar's p",
                        "pictures",
                    ],
                    rows: rows, isNumeric: { $0 > 1 }), file("tests.csv", comparison.testsTable),
            ])
    }

    private var settings: Page.Section {
        let rows = comparison.differences.map { key, values in
            [HTML.text(key)] + values.map { .text($0?.description ?? "-") }
        }
        return section(
            "settings", "Settings that differ",
            [
                .table(
                    "A column a run", header: ["setting"] + comparison.runs.map(\.name), rows: rows,
                    isNumeric: { _ in false }), file("settings.csv", comparison.settingsTable),
            ])
    }

    private func section(_ id: String, _ title: String, _ content: HTML) -> Page.Section {
        Page.Section(id: id, title: title, content: content)
    }

    private func file(_ name: String, _ table: CSVTable) -> HTML { .download(name, Data(table.text.utf8)) }
}
