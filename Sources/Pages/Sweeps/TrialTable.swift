import Reports

/// The trials of a sweep in a table that can be sorted by each column, and filtered.
struct TrialTable {
    private let history: SweepHistory
    private let table: CSVTable
    private let links: String?

    /// - Parameter links: what comes before the names of the trials' folders in links; nil for no links.
    init(_ history: SweepHistory, links: String?) {
        (self.history, table, self.links) = (history, history.table, links)
    }

    var html: HTML {
        [
            .tag(
                "p", ["class": "screen tools"],
                [
                    .tag(
                        "input",
                        [
                            "id": "filter", "type": "search", "placeholder": "a word, or dropout>=0.2",
                            "aria-label": "filter the trials", "aria-describedby": "hint",
                        ], nil), .tag("span", ["id": "count", "class": "dim", "role": "status"]),
                    .tag("span", ["id": "hint", "class": "dim"], .text(hint)),
                ]),
            .tag("noscript", [:], .tag("p", ["class": "dim"], "Sorting and filtering need JavaScript.")),
            .tag(
                "div", ["class": "scroll trials", "tabindex": "0", "role": "region", "aria-label": "trials"],
                .tag(
                    "table", [:],
                    [
                        .tag("thead", [:], .tag("tr", [:], HTML(columns.map(title)))),
                        .tag("tbody", [:], HTML(zip(history.trials, table.rows).map(row))),
                    ])),
        ]
    }

    private var hint: String {
        "Press / to filter: words, or a column compared with a number, such as "
            + "\(history.metrics.first?.name ?? "loss")>0.5. A column's name sorts by it."
    }

    /// The columns that say something.
    private var columns: [Int] {
        table.header.indices.filter { index in
            table.header[index] != "error" || table.rows.contains { !$0[index].isEmpty }
        }
    }

    private func isNumeric(_ column: Int) -> Bool {
        table.rows.allSatisfy { $0[column].isEmpty || Double($0[column]) != nil }
    }

    private func title(_ column: Int) -> HTML {
        let name = table.header[column]
        let title = history.parameters.first { $0.name == name }?.title ?? name
        return .tag(
            "th",
            [
                "scope": "col", "data-name": name, "title": name,
                "class": isNumeric(column) ? "number" : nil,
            ], .tag("button", ["type": "button"], .text(title)))
    }

    private func row(_ trial: SweepHistory.Trial, _ fields: [String]) -> HTML {
        let link = links.map { $0 + trial.folder }
        let cells = columns.map { cell(fields[$0], $0, link: $0 == 0 ? link : nil) }
        return .tag("tr", ["class": trial.number == history.best?.number ? "best" : trial.state], HTML(cells))
    }

    /// A number is shown short, and sorted by all its digits.
    private func cell(_ text: String, _ column: Int, link: String?) -> HTML {
        let style = isNumeric(column) ? "number" : nil
        guard let number = Double(text), number.isFinite else {
            return .tag("td", ["class": style], .text(text))
        }
        let shown = HTML.text(NumberText.short(number))
        return .tag(
            "td", ["data-number": "\(number)", "class": style],
            link.map { .tag("a", ["href": $0], shown) } ?? shown)
    }
}

extension TrialTable {
    static let style = """
        .tools{display:flex;flex-wrap:wrap;gap:.3rem 1rem;align-items:center;max-width:none}
        .tools input{font:inherit;color:var(--text);background:var(--paper);border:1px solid var(--line);\
        border-radius:.45rem;padding:.3rem .6rem;width:22rem;max-width:100%}.tools span{font-size:.86rem}
        .trials{overflow:auto;max-height:34rem;border:1px solid var(--line);border-radius:.5rem}
        .trials table{margin:0;width:100%;font-size:.85rem}.trials td{white-space:nowrap}
        .trials thead th{position:sticky;top:0;padding:0;background:var(--paper);box-shadow:0 1px var(--line)}
        .trials thead button{width:100%;border:0;border-radius:0;background:none;text-align:inherit;font-weight:600;\
        white-space:nowrap;padding:.45rem .7rem}.trials thead button:hover{color:var(--accent)}
        .trials th[aria-sort=ascending] button::after{content:" ▲"}.trials th[aria-sort=descending] button::after{content:" ▼"}
        .trials tr.best td{background:var(--soft);font-weight:600}
        .trials tr.best td:first-child{box-shadow:inset 3px 0 var(--accent)}
        .trials tr.failed td,.trials tr.stopped td{color:var(--dim)}
        @media print{.trials{max-height:none;overflow:visible;border:0}.trials table{font-size:9px}
        .trials td,.trials thead button{white-space:normal;padding:.15rem .3rem}.trials thead th{position:static}
        .trials tr{break-inside:avoid}}
        """

    static let script = """
        'use strict';
        (() => {
          const body = document.querySelector('.trials tbody'), heads = [...document.querySelectorAll('.trials th')];
          let rows = [...body.rows];
          const key = (row, column) => {
            const cell = row.cells[column];
            return cell.dataset.number !== undefined ? Number(cell.dataset.number) : cell.textContent;
          };
          const order = (column, up) => {
            rows.sort((a, b) => {
              const x = key(a, column), y = key(b, column);
              if (x === '' || y === '') return (x === '') - (y === '');
              const d = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
              return up ? d : -d;
            });
            body.append(...rows);
          };
          heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
            const up = head.getAttribute('aria-sort') !== 'ascending';
            heads.forEach(other => other.removeAttribute('aria-sort'));
            head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
            order(column, up);
          }));
          const names = heads.map(head => head.dataset.name.toLowerCase());
          const filter = document.querySelector('#filter'), count = document.querySelector('#count');
          const matches = (row, word) => {
            const parts = word.match(/^(.+?)(<=|>=|<|>|=)(.+)$/);
            if (!parts) return row.textContent.toLowerCase().includes(word);
            const exact = names.indexOf(parts[1]);
            const column = exact >= 0 ? exact : names.findIndex(name => name.includes(parts[1]));
            if (column < 0) return false;
            const x = key(row, column), y = Number(parts[3]);
            if (parts[2] === '=') return typeof x === 'number' ? x === y : String(x).toLowerCase() === parts[3];
            if (typeof x !== 'number') return false;
            return parts[2] === '<' ? x < y : parts[2] === '>' ? x > y : parts[2] === '<=' ? x <= y : x >= y;
          };
          const show = () => {
            const words = filter.value.toLowerCase().split(/[\\s,]+/).filter(Boolean);
            let shown = 0;
            rows.forEach(row => {
              const is = words.every(word => matches(row, word));
              row.hidden = !is; shown += is;
            });
            count.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length + ' trials';
          };
          filter.addEventListener('input', show);
          // A site puts newer rows into the body, which are to be shown as those before them.
          body.addEventListener('renewed', () => {
            rows = [...body.rows];
            const column = heads.findIndex(head => head.hasAttribute('aria-sort'));
            if (column >= 0) order(column, heads[column].getAttribute('aria-sort') === 'ascending');
            show();
          });
          document.addEventListener('keydown', event => {
            if (event.key === '/' && event.target !== filter) { event.preventDefault(); filter.focus(); }
          });
        })();
        """
}
