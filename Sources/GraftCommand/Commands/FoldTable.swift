import Graft

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
            let spread = SampleSpread(column)
            return (spread.mean, spread.deviation)
        }
    }
}
