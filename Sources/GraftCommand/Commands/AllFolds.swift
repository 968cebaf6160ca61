import Foundation
import Graft

/// `graft train --all-folds`: a run for each fold, and a table of what they came to.
struct AllFolds {
    private let path: String
    private let overrides: [String]
    private let configuration: ExperimentConfiguration
    private let runs: URL
    private let arguments: Arguments

    init(_ arguments: Arguments) throws {
        let command = TrainCommand.specification.name
        guard let path = arguments.operands.first else {
            throw UsageError.missingOperand("CONFIG", command: command)
        }
        guard !arguments.has("check") else {
            throw UsageError.uselessOption(
                "check", because: "each fold is trained; check one of them", command: command)
        }
        self.path = path
        overrides = arguments.all("set")
        configuration = try ExperimentConfiguration.load(path: path, overrides: overrides)
        runs = URL(filePath: arguments.value("runs") ?? "experiments/runs", directoryHint: .isDirectory)
        self.arguments = arguments
        guard configuration.data.folds != nil else {
            throw UsageError.uselessOption(
                "all-folds", because: "the configuration has no data.folds", command: command)
        }
    }

    /// Trains all folds; those that are done stay when a later one fails.
    func run() throws {
        Interruption.listen()
        var results: [(run: String, results: RunSummary.Results)] = []
        for fold in 0..<(configuration.data.folds ?? 0) {
            var configuration = configuration
            configuration.data.fold = fold
            configuration.name += "-fold\(fold)"
            let recorder = try RunRecorder(
                Experiment(configuration), in: runs, commandLine: CommandLine.arguments)
            let summary = try TrainCommand.train(recorder, arguments)
            results.append((recorder.folder.path(), summary.fineTuned))
        }
        let folder = try RunFolder.create(named: "\(configuration.name)-folds", in: runs)
        let table = FoldTable(results)
        let writer = EvidenceWriter(folder: folder.url)
        try writer.write(table.csv, named: "folds.csv")
        try writer.write(table.shares, named: "folds.svg")
        Terminal.output.print("\n" + table.text(style: Terminal.output.style))
        Terminal.output.print("\ntable in \(Terminal.output.style.cyan(folder.path("folds.csv")))")
    }
}

/// What the folds came to, with means and standard deviations (of a sample, as one quotes them).
struct FoldTable {
    private static let metrics = [
        "accuracy", "balanced_accuracy", "f1_macro", "roc_auc_macro_ovr", "log_loss",
    ]
    private let runs: [String]
    private let values: [[Double?]]

    init(_ results: [(run: String, results: RunSummary.Results)]) {
        runs = results.map(\.run)
        values = results.map {
            [
                $0.results.accuracy, $0.results.balancedAccuracy, $0.results.macroF1, $0.results.macroAUC,
                $0.results.logLoss,
            ]
        }
    }

    /// A row a fold, then `mean` and `std`.
    var csv: CSVTable {
        let rows = values.enumerated().map { fold, values in
            ["\(fold)", runs[fold]] + values.map { CSVTable.field($0) }
        }
        let spread = spread
        return CSVTable(
            header: ["fold", "run"] + Self.metrics,
            rows: rows + [
                ["mean", ""] + spread.map { CSVTable.field($0.mean) },
                ["std", ""] + spread.map { CSVTable.field($0.deviation) },
            ])
    }

    /// The metrics that go from 0 to 1, where every fold has them.
    var shares: FoldSpread {
        FoldSpread(
            metrics: Self.metrics.enumerated().compactMap { metric, name in
                let column = values.compactMap { $0[metric] }
                return name != "log_loss" && column.count == values.count ? (name, column) : nil
            })
    }

    /// The same for a person.
    func text(style: TextStyle) -> String {
        var table = TextTable([("FOLD", .left)] + Self.metrics.map { ($0.uppercased(), .right) })
        func cells(_ values: [Double?]) -> [String] { values.map { $0.map { decimals($0, 4) } ?? "-" } }
        for (fold, values) in values.enumerated() { table.add(["\(fold)"] + cells(values)) }
        table.add(["mean"] + cells(spread.map(\.mean)))
        table.add(["std"] + cells(spread.map(\.deviation)))
        return table.text(style: style)
    }

    /// Mean and deviation of each metric; nil where a fold has none.
    private var spread: [(mean: Double?, deviation: Double?)] {
        Self.metrics.indices.map { metric in
            let column = values.compactMap { $0[metric] }
            guard column.count == values.count, !column.isEmpty else { return (nil, nil) }
            let mean = column.reduce(0, +) / Double(column.count)
            let squares = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return (mean, column.count > 1 ? (squares / Double(column.count - 1)).squareRoot() : nil)
        }
    }
}
