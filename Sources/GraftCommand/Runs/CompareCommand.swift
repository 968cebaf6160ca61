import Foundation
import Graft

/// `graft compare`
enum CompareCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "compare",
        abstract: "Compare runs: settings, results with confidence intervals, and tests.",
        discussion: """
            Shows the settings in which the runs differ, what they came to with 95 % confidence intervals
            (Wilson's for the accuracy, the bootstrap's for the others), and for each pair of runs, on the test
            pictures that both were judged by, whether the difference may be chance: McNemar's exact test and
            the paired bootstrap. With --to, all of it is written as CSV, and the learning curves, one over the
            other, as CSV and SVG.
            """,
        operands: [.run(isRepeated: true)],
        options: [
            .init(name: "to", value: "FOLDER", help: "Where the tables and the drawing are written."),
            .init(
                name: "draws", value: "N", help: "How often the bootstrap draws; 2000 if not given.",
                completion: .nothing),
            .init(
                name: "seed", value: "N", help: "What the draws follow from; 0 if not given.",
                completion: .nothing),
            .runs,
        ],
        examples: [("compare flowers-001 flowers-002 --to comparison", "Two runs, with files")])

    static func run(_ arguments: Arguments) throws {
        let index = try RunIndex.open(arguments)
        let name = specification.name
        let draws = try arguments.integer("draws", atLeast: 100, command: name) ?? 2000
        let seed = try arguments.integer("seed", atLeast: 0, command: name) ?? 0
        let runs = try arguments.operands.map { operand in
            let entry = try index.run(operand)
            return try ComparedRun(name: entry.name, folder: index.folder(entry))
        }
        let comparison = try RunComparison(runs, draws: draws, seed: UInt64(seed))
        showSettings(comparison)
        showResults(comparison)
        showPairs(comparison)
        if let target = arguments.value("to") {
            try comparison.write(to: URL(filePath: target, directoryHint: .isDirectory))
            Terminal.output.print("\ntables and curves in \(Terminal.output.style.cyan(target))")
        }
    }

    private static func showSettings(_ comparison: RunComparison) {
        let (output, style) = (Terminal.output, Terminal.output.style)
        guard !comparison.differences.isEmpty else { return output.print("the settings are alike") }
        var table = TextTable([("SETTING", .left)] + comparison.runs.map { ($0.name, .left) })
        for (key, values) in comparison.differences {
            table.add([key] + values.map { $0?.description ?? "-" })
        }
        output.print(table.text(style: style))
    }

    private static func showResults(_ comparison: RunComparison) {
        let names = comparison.results.lazy.compactMap(\.self).first?.map(\.name) ?? []
        guard !names.isEmpty else { return Terminal.output.print("\nno run has come to its test pictures") }
        var table = TextTable([("TEST PICTURES", .left)] + names.map { ($0.uppercased(), .left) })
        for (run, estimates) in zip(comparison.runs, comparison.results) {
            let cells = estimates?.map {
                "\(decimals($0.value, 4)) (\(decimals($0.lower, 4)) to \(decimals($0.upper, 4)))"
            }
            table.add([run.name] + (cells ?? names.map { _ in "-" }))
        }
        Terminal.output.print("\n" + table.text(style: Terminal.output.style))
    }

    private static func showPairs(_ comparison: RunComparison) {
        let (output, style) = (Terminal.output, Terminal.output.style)
        for pair in comparison.pairs {
            output.print(
                "\n\(style.bold(pair.names.second)) against \(style.bold(pair.names.first)), "
                    + "\(counted(pair.samples, "test picture")) of both")
            for difference in pair.differences {
                let sign = difference.value < 0 ? "" : "+"
                output.print(
                    "  \(difference.name)  \(sign)\(decimals(difference.value, 4)) "
                        + "(\(decimals(difference.lower, 4)) to \(decimals(difference.upper, 4)))")
            }
            output.print(
                "  right only by one: \(grouped(pair.test.onlySecond)) and \(grouped(pair.test.onlyFirst)); "
                    + "McNemar's p = \(String(format: "%.3g", pair.test.pValue))")
        }
        if comparison.pairs.isEmpty {
            output.print("\nno two of the runs were judged by the same test pictures: nothing to test")
        }
    }
}
