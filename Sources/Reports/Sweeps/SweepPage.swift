import Foundation

/// One page with everything about a sweep: the table, which can be sorted and filtered, and the drawings. It needs
/// neither a network nor other files.
struct SweepPage {
    private let history: SweepHistory
    private let table: CSVTable
    private let figures: [(name: String, drawing: SVGDocument)]
    private let frame: SweepReport.Frame

    init(
        _ history: SweepHistory, _ figures: [(name: String, drawing: SVGDocument)],
        in frame: SweepReport.Frame = .init()
    ) {
        self.history = history
        self.frame = frame
        table = history.table
        self.figures = figures
    }

    var text: String {
        let title = history.name.escapedForXML
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            \((SweepReport.styles + frame.styles).map { "<style>\($0)</style>" }.joined(separator: "\n"))
            \(frame.earlyScripts.map { "<script>\($0)</script>" }.joined(separator: "\n"))
            </head>
            <body>
            \(frame.top)<h1>\(title)</h1>
            <p class="summary">\(summary.escapedForXML)</p>
            <nav aria-label="views"><a href="#trials">trials</a> \(links)</nav>
            <p class="tools"><input id="filter" type="search" placeholder="a word, or dropout&gt;=0.2" \
            aria-label="filter the trials" aria-describedby="hint">
            <span id="count" role="status"></span>
            <span id="hint">Press / to filter: words, or a column compared with a number, such as \
            \((history.metrics.first?.name ?? "loss").escapedForXML)&gt;0.5. A column's name sorts by it.</span></p>
            <noscript><p class="summary">Sorting and filtering need JavaScript.</p></noscript>
            <div class="scroll" tabindex="0" role="region" aria-label="trials"><table id="trials"><thead><tr>\(header)</tr></thead><tbody>
            \(rows)
            </tbody></table></div>
            \(drawings)
            \((SweepReport.scripts + frame.scripts).map { "<script>\($0)</script>" }.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    private var links: String {
        figures.map { "<a href=\"#\($0.name)\">\(Self.title($0.name))</a>" }.joined(separator: " ")
    }

    private var drawings: String {
        figures.map { name, drawing in
            """
            <figure id="\(name)">
            \(drawing.element)<figcaption><a href="\(frame.files)\(name).svg">SVG</a> \
            <a href="\(frame.files)\(name).csv">CSV</a></figcaption>
            </figure>
            """
        }.joined(separator: "\n")
    }

    private static func title(_ name: String) -> String { name.replacing("_", with: " ") }

    private var summary: String {
        let counts = Dictionary(grouping: history.trials, by: \.state).sorted { $0.key < $1.key }
            .map { "\($1.count) \($0)" }
        let best = history.best.map { trial in
            "best: trial \(trial.number), "
                + zip(history.metrics, trial.values).map { "\($0.name) \($1.map(NumberText.short) ?? "–")" }
                .joined(separator: ", ")
        }
        return (["\(history.trials.count) trials"] + counts + [best].compactMap(\.self)).joined(
            separator: " · ")
    }

    /// The columns of the table that say something.
    private var columns: [Int] {
        table.header.indices.filter { index in
            table.header[index] != "error" || table.rows.contains { !$0[index].isEmpty }
        }
    }

    private var header: String {
        let titles = Dictionary(history.parameters.map { ($0.name, $0.title) }) { first, _ in first }
        return columns.map { index in
            let name = table.header[index]
            return
                "<th data-name=\"\(name.escapedForXMLAttribute)\" title=\"\(name.escapedForXMLAttribute)\">"
                + "<button type=\"button\">\((titles[name] ?? name).escapedForXML)</button></th>"
        }.joined()
    }

    private var rows: String {
        let best = history.best?.number
        return zip(history.trials, table.rows).map { trial, row in
            let style = trial.number == best ? "best" : trial.state
            let link = frame.trials.map { "\($0)\(trial.folder)" }
            let cells = columns.map { Self.cell(row[$0], link: $0 == 0 ? link : nil) }.joined()
            return "<tr class=\"\(style.escapedForXMLAttribute)\">\(cells)</tr>"
        }.joined(separator: "\n")
    }

    /// A number is shown short, and sorted by all its digits.
    private static func cell(_ text: String, link: String? = nil) -> String {
        guard let number = Double(text), number.isFinite else { return "<td>\(text.escapedForXML)</td>" }
        let shown = NumberText.short(number)
        let content = link.map { "<a href=\"\($0.escapedForXMLAttribute)\">\(shown)</a>" } ?? shown
        return "<td data-number=\"\(number)\">\(content)</td>"
    }
}

extension SVGDocument {
    /// The drawing without what makes it a file of its own: the page has its style sheet once for all.
    fileprivate var element: String {
        var element = text.replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", with: "")
        if let start = element.range(of: "<style>"), let end = element.range(of: "</style>") {
            element.removeSubrange(start.lowerBound..<end.upperBound)
        }
        return element
    }
}
