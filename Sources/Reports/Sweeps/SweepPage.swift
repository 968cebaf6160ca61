import Foundation

/// One page with everything about a sweep: the table, which can be sorted and filtered, and the drawings. It needs
/// neither a network nor other files.
struct SweepPage {
    private let history: SweepHistory
    private let table: CSVTable
    private let figures: [(name: String, drawing: SVGDocument)]

    init(_ history: SweepHistory, _ figures: [(name: String, drawing: SVGDocument)]) {
        self.history = history
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
            <style>\(SweepPageParts.style)</style>
            </head>
            <body>
            <h1>\(title)</h1>
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
            <script>\(SweepPageParts.script)</script>
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
            \(drawing.element)<figcaption><a href="\(name).svg">SVG</a> <a href="\(name).csv">CSV</a></figcaption>
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
            let cells = columns.map { Self.cell(row[$0]) }.joined()
            return "<tr class=\"\(style.escapedForXMLAttribute)\">\(cells)</tr>"
        }.joined(separator: "\n")
    }

    /// A number is shown short, and sorted by all its digits.
    private static func cell(_ text: String) -> String {
        guard let number = Double(text), number.isFinite else { return "<td>\(text.escapedForXML)</td>" }
        return "<td data-number=\"\(number)\">\(NumberText.short(number))</td>"
    }
}

extension SVGDocument {
    /// The drawing without the line that makes it a file of its own.
    fileprivate var element: String {
        text.replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", with: "")
    }
}
