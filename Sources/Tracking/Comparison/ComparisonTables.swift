import Evaluation
import Foundation
import Reports

extension RunComparison {
    /// The settings that differ: a row a setting, a column a run.
    public var settingsTable: CSVTable {
        CSVTable(
            header: ["setting"] + runs.map(\.name),
            rows: differences.map { [$0.key] + $0.values.map { $0?.description ?? "" } })
    }

    /// The results: a row a run and metric.
    public var resultsTable: CSVTable {
        CSVTable(
            header: ["run", "metric", "value", "lower", "upper"],
            rows: zip(runs, results).flatMap { run, estimates in
                (estimates ?? []).map { [run.name, $0.name] + $0.fields }
            })
    }

    /// The tests: a row a pair and metric.
    public var testsTable: CSVTable {
        CSVTable(
            header: [
                "first", "second", "samples", "only_first_right", "only_second_right", "mcnemar_p_value",
                "metric",
                "difference", "lower", "upper",
            ],
            rows: pairs.flatMap { pair in
                pair.differences.map { difference in
                    [
                        pair.names.first, pair.names.second, "\(pair.samples)", "\(pair.test.onlyFirst)",
                        "\(pair.test.onlySecond)", CSVTable.field(pair.test.pValue), difference.name,
                    ] + difference.fields
                }
            })
    }

    /// The learning curves: a row a run and epoch.
    public var curvesTable: CSVTable {
        CSVTable(
            header: ["run", "epoch", "loss", "accuracy", "val_loss", "val_accuracy"],
            rows: runs.flatMap { run in
                run.history.epochs.map { epoch in
                    [run.name, "\(epoch.epoch)"]
                        + [epoch.loss, epoch.accuracy, epoch.validationLoss, epoch.validationAccuracy]
                        .map { CSVTable.field($0) }
                }
            })
    }

    /// Writes `settings.csv`, `results.csv`, `tests.csv`, `learning_curves.csv` and `.svg`.
    /// - Throws: `ReportError` where a file cannot be written.
    public func write(to folder: URL) throws(ReportError) {
        let writer = EvidenceWriter(folder: folder)
        try writer.write(settingsTable, named: "settings.csv")
        try writer.write(resultsTable, named: "results.csv")
        try writer.write(testsTable, named: "tests.csv")
        try writer.write(curvesTable, named: "learning_curves.csv")
        try writer.write(.runCurvesPlot(runs.map { ($0.name, $0.history) }), named: "learning_curves.svg")
    }
}

extension MetricEstimate {
    fileprivate var fields: [String] { [value, lower, upper].map { CSVTable.field($0) } }
}
