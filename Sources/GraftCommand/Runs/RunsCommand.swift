import Foundation
import Graft

/// `graft runs`
enum RunsCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "runs",
        abstract: "List runs: filter, sort, choose columns.",
        discussion: """
            Lists the runs below experiments/runs, trials of sweeps and runs of folds included, the latest
            first. A column, a filter and an order can be of any setting, by its dotted path
            (training.batch_size) or the end of it where only one ends so (batch_size), and of any result:
            val_loss, val_accuracy, loss, accuracy (of the epoch that was kept), test_accuracy,
            test_balanced_accuracy, test_f1_macro, test_roc_auc_macro_ovr, test_log_loss, seconds, epochs,
            parameter_count; state, began, ended, error, tags, note, name, group.

            A filter: KEY = VALUE, also != < <= > >=, and ~ for 'contains'; tag:NAME; has:KEY; joined by and,
            or, not and parentheses. Values with blanks go into quotes.

            What is shown is kept in an index, experiments/runs/.index.sqlite, which follows the folders by
            itself; 'graft runs reindex' makes it anew.
            """,
        operands: [
            .init(
                name: "ACTION", help: "reindex: read all folders again.", isRequired: false,
                completion: .words(["reindex"]))
        ],
        options: [
            .init(name: "where", value: "FILTER", help: "Which runs.", completion: .nothing),
            .init(
                name: "sort", value: "KEY",
                help: "By what: losses, seconds and names rising, all else falling.", completion: .nothing),
            .init(name: "reverse", help: "The other way round."),
            .init(
                name: "columns", value: "KEYS",
                help: "Which, separated by commas; with + before the first, more.",
                completion: .nothing),
            .init(name: "limit", value: "N", help: "How many at most.", completion: .nothing),
            .init(name: "json", help: "Print JSON, an object a run."),
            .init(name: "csv", help: "Print comma-separated values."),
            .runs,
        ],
        examples: [
            ("runs", "All of them, the latest first"),
            (
                "runs --where 'architecture = mobilenet and val_accuracy > 0.7' --sort val_accuracy",
                "The good ones of a kind, the best first"
            ),
            ("runs --columns +learning_rate,batch_size --where tag:best", "With two settings more"),
            ("runs --where 'state = failed' --columns error", "What went wrong"),
        ])

    static func run(_ arguments: Arguments) throws {
        let action = arguments.operands.first
        guard action == nil || action == "reindex" else {
            throw UsageError.badOperand("ACTION", expected: "reindex", found: action ?? "", command: "runs")
        }
        if arguments.has("json"), arguments.has("csv") {
            throw UsageError.uselessOption(
                "csv", because: "--json asks for another format", command: specification.name)
        }
        let query = try query(arguments)
        let index = try RunIndex.open(arguments, isRebuilt: action != nil)
        guard action == nil else {
            return Terminal.output.print("\(counted(try index.entries().count, "run")) indexed")
        }
        let answer = try index.answer(query)
        if arguments.has("json") { return try Terminal.output.print(JSONText.pretty(answer.json)) }
        if arguments.has("csv") { return Terminal.output.print(String(answer.csv.text.dropLast())) }
        show(answer)
    }

    private static func query(_ arguments: Arguments) throws -> RunQuery {
        var query = RunQuery()
        query.filter = try arguments.value("where").map { try Filter($0) }
        query.sort = arguments.value("sort")
        query.isReversed = arguments.has("reverse")
        query.limit = try arguments.integer("limit", atLeast: 1, command: specification.name)
        if let text = arguments.value("columns") {
            let keys = text.drop { $0 == "+" }.split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            query.columns = (text.hasPrefix("+") ? RunQuery.usualColumns : []) + keys
        }
        return query
    }

    private static func show(_ answer: RunQuery.Answer) {
        let (output, style) = (Terminal.output, Terminal.output.style)
        guard !answer.rows.isEmpty else { return output.print("no runs") }
        // A column that is empty throughout tells nothing.
        let shown = answer.columns.indices.filter { column in answer.rows.contains { $0.facts[column] != nil }
        }
        var table = TextTable(
            [("RUN", .left)]
                + shown.map { column in
                    let isNumber = answer.rows.allSatisfy {
                        $0.facts[column].map { $0.number != nil } ?? true
                    }
                    return (answer.columns[column].uppercased(), isNumber ? .right : .left)
                })
        for row in answer.rows {
            table.add([row.run.name] + shown.map { row.facts[$0]?.shortText(in: answer.columns[$0]) ?? "" })
        }
        output.print(table.text(style: style))
        if answer.matched > answer.rows.count {
            output.print("\(grouped(answer.matched - answer.rows.count)) more; show them with --limit")
        }
    }
}
