import Foundation
import Pages
import Reports
import Tracking
import Wording

/// The table of runs.
struct RunsPage {
    private let asked: RunsQuery
    private let answer: RunQuery.Answer?
    private let problem: TrackingError?
    private let site: Site

    /// What the page shows of the whole.
    struct Site {
        /// The folder of runs, to be shown.
        var folder: String
        /// How many runs there are.
        var count: Int
        /// All keys that a column can be of.
        var keys: [String]
        /// The forms for changes; nil where nothing can be changed.
        var forms: EditForms?
        /// The last that was moved to the bin.
        var removed: String?
    }

    init(_ asked: RunsQuery, _ answer: RunQuery.Answer?, problem: TrackingError? = nil, _ site: Site) {
        (self.asked, self.answer, self.problem, self.site) = (asked, answer, problem, site)
    }

    /// The page.
    var page: Page {
        Page(
            title: "Runs",
            lead: [
                .tag("p", ["class": "dim"], .text("\(counted(site.count, "run")) in \(site.folder)")),
                site.removed.flatMap { name in site.forms?.undo(name) } ?? [], filter, failure,
                answer.map(list) ?? [],
            ], sections: [])
    }

    private var filter: HTML {
        .tag(
            "form", ["method": "get", "action": "/"],
            [
                .tag(
                    "div", ["class": "filter"],
                    [
                        .tag(
                            "input",
                            [
                                "type": "search", "name": "where", "value": asked.filter,
                                "aria-label": "Filter", "aria-describedby": "filter-hint",
                                "placeholder": "architecture = mobilenet and val_accuracy > 0.7",
                                "aria-invalid": problem == nil ? nil : "true", "autocomplete": "off",
                            ], nil), .tag("button", ["type": "submit"], "Filter"),
                        asked.sort.map(hidden("sort")) ?? [],
                        asked.isReversed ? hidden("reverse")("1") : [],
                        asked.filter.isEmpty
                            ? []
                            : .tag("a", ["href": asked.link { ($0.filter, $0.page) = ("", 1) }], "All runs"),
                    ]),
                .tag(
                    "p", ["class": "dim", "id": "filter-hint"],
                    .text(
                        "Settings and results compared by = != < <= > >= and ~ (contains); tag:NAME, has:KEY; "
                            + "joined by and, or, not and parentheses.")), columns,
            ])
    }

    private func hidden(_ name: String) -> (String) -> HTML {
        { .tag("input", ["type": "hidden", "name": name, "value": $0], nil) }
    }

    private var columns: HTML {
        let usual = RunQuery.usualColumns
        let names = usual + asked.columns.filter { !usual.contains($0) }
        let others = site.keys.filter { !names.contains($0) }
        let boxes = (names + others).map { key in
            HTML.tag(
                "label", [:],
                [
                    .tag(
                        "input",
                        [
                            "type": "checkbox", "name": "column", "value": key,
                            "checked": asked.columns.contains(key) ? "" : nil,
                        ], nil), .text(" " + key),
                ])
        }
        return .tag(
            "details", [:],
            [
                .tag("summary", [:], "Columns"), .tag("div", ["class": "columns"], HTML(boxes)),
                .tag("div", ["class": "row"], .tag("button", ["type": "submit"], "Show these")),
            ])
    }

    private var failure: HTML {
        guard let problem else { return [] }
        var pieces: [HTML] = [.text("\(problem)")]
        if case .filter(let text, let position, _, _) = problem {
            pieces.append(
                .tag(
                    "code", [:],
                    .text(text + "\n" + String(repeating: " ", count: max(0, position - 1)) + "^")))
        }
        return .tag("div", ["class": "problem", "role": "alert"], HTML(pieces))
    }

    private func list(_ answer: RunQuery.Answer) -> HTML {
        guard !answer.rows.isEmpty else {
            return .tag(
                "p", [:],
                site.count == 0
                    ? "There are no runs yet: begin one with 'graft train'." : "No run meets the filter.")
        }
        let numeric = answer.columns.indices.map { column in
            answer.rows.allSatisfy { $0.facts[column].map { $0.number != nil } ?? true }
        }
        let rows = answer.rows.map { row in
            HTML.tag(
                "tr", [:],
                HTML(
                    [box(row.run.name), name(row.run.name)]
                        + zip(answer.columns, row.facts).enumerated().map { index, cell in
                            .tag(
                                "td", ["class": numeric[index] ? "number" : nil, "title": long(cell.1)],
                                content(cell.0, cell.1, row.run))
                        }))
        }
        let table: HTML = .tag(
            "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Runs"],
            .tag(
                "table", [:],
                [
                    .tag(
                        "thead", [:],
                        .tag(
                            "tr", [:],
                            HTML(
                                [.tag("th"), head("name", "run", isNumeric: false)]
                                    + zip(asked.columns, answer.columns).enumerated().map { index, names in
                                        head(names.0, names.1, isNumeric: numeric[index])
                                    }))), .tag("tbody", [:], HTML(rows)),
                ]))
        return .tag(
            "form", ["class": "runs", "method": "get", "action": "/compare"],
            [pages(answer), table, pages(answer), .tag("button", ["type": "submit"], "Compare the chosen")])
    }

    private func head(_ key: String, _ title: String, isNumeric: Bool) -> HTML {
        let isSorted = (asked.sort ?? "began") == key
        let isRising = RunQuery.risesToWorse(key) != asked.isReversed
        let link = asked.link { other in
            (other.sort, other.isReversed, other.page) = (key, isSorted ? !asked.isReversed : false, 1)
        }
        return .tag(
            "th",
            [
                "scope": "col", "class": isNumeric ? "number" : nil,
                "aria-sort": isSorted ? (isRising ? "ascending" : "descending") : nil,
            ], .tag("a", ["href": link], .text(title)))
    }

    private func box(_ name: String) -> HTML {
        .tag(
            "td", [:],
            .tag(
                "input", ["type": "checkbox", "name": "run", "value": name, "aria-label": "Choose \(name)"],
                nil))
    }

    private func name(_ name: String) -> HTML {
        .tag(
            "th", ["scope": "row"],
            .tag("a", ["href": "/runs/" + PercentCoding.encode(path: name)], .text(name)))
    }

    private func content(_ column: String, _ fact: Fact?, _ run: RunIndex.Entry) -> HTML {
        guard let fact else { return [] }
        switch column {
        case "state": return .tag("span", ["class": "state-\(run.state.rawValue)"], .text(run.state.rawValue))
        case "tags":
            return HTML(
                run.tags.map { tag in
                    .tag("a", ["class": "tag", "href": RunsQuery.link(tag: tag)], .text(tag))
                })
        case "group":
            return .tag(
                "a", ["href": "/sweeps/" + PercentCoding.encode(fact.description)], .text(fact.description))
        default: return .text(fact.shortText(in: column))
        }
    }

    /// A text that is cut short in its cell.
    private func long(_ fact: Fact?) -> String? {
        fact.flatMap {
            $0.number == nil && $0.description.count > 30 ? String($0.description.prefix(1000)) : nil
        }
    }

    private func pages(_ answer: RunQuery.Answer) -> HTML {
        let size = RunsQuery.pageSize
        let (first, last) = ((asked.page - 1) * size + 1, (asked.page - 1) * size + answer.rows.count)
        func link(_ title: String, _ page: Int, if isThere: Bool, _ relation: String) -> HTML {
            isThere ? .tag("a", ["href": asked.link { $0.page = page }, "rel": relation], .text(title)) : []
        }
        return .tag(
            "div", ["class": "pages"],
            [
                .tag(
                    "span", ["class": "dim"],
                    .text("\(grouped(first)) to \(grouped(last)) of \(grouped(answer.matched))")),
                link("Previous", asked.page - 1, if: asked.page > 1, "prev"),
                link("Next", asked.page + 1, if: last < answer.matched, "next"),
            ])
    }
}

extension RunsQuery {
    /// The address of the runs that have a tag.
    static func link(tag: String) -> String { "/?where=" + PercentCoding.encode("tag:\(tag)") }
}
