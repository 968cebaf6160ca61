import Evaluation

extension CSVTable {
    /// Predictions of several classes each: file, true classes and predicted classes, separated by `;`, the group
    /// where any is known, then one probability a class, named by the class.
    public init(_ predictions: MultiLabelPredictions) {
        func list(_ labels: [Bool]) -> String { predictions.names(labels).joined(separator: ";") }
        let groups = GroupColumn(predictions.rows.map(\.group), predictions.classNames)
        self.init(
            header: ["file", "true", "predicted"] + groups.header + predictions.classNames,
            rows: predictions.rows.map { row in
                [row.identifier, list(row.labels), list(predictions.predictedLabels(of: row))]
                    + groups.fields(row.group) + row.scores.map(Self.field)
            })
    }

    /// A report, with scikit-learn's lines and columns, and what is undefined.
    public init(_ report: MultiLabelReport) {
        self.init(
            header: Self.reportHeader, rows: (report.classes + report.averages).map(Self.line))
    }

    /// The counts of scikit-learn's `multilabel_confusion_matrix`, a class a line.
    public init(countsOf report: MultiLabelReport) {
        self.init(
            header: ["class", "true_negatives", "false_positives", "false_negatives", "true_positives"],
            rows: zip(report.classes, report.counts).map { line, counts in
                [line.name]
                    + [
                        counts.trueNegatives, counts.falsePositives, counts.falseNegatives,
                        counts.truePositives,
                    ].map { "\($0)" }
            })
    }

    /// The average precision of each class, and the mean of those that have one.
    public init(averagePrecisionsOf report: MultiLabelReport) {
        self.init(
            header: ["class", "average_precision", "note"],
            rows: zip(report.classes, report.averagePrecisions).map { line, value in
                [line.name, Self.field(value), value == nil ? "undefined: no positives" : ""]
            } + [["mean", Self.field(report.meanAveragePrecision), ""]])
    }

    /// The metrics that are one number, by scikit-learn's names.
    public init(summaryOf report: MultiLabelReport, _ roc: OneVsRestROC) {
        self.init(
            header: ["metric", "value"],
            rows: [
                ["samples", "\(report.sampleCount)"],
                ["accuracy", Self.field(report.subsetAccuracy)],
                ["hamming_loss", Self.field(report.hammingLoss)],
                ["log_loss", Self.field(report.logLoss)],
                ["f1_micro", Self.field(report.microF1)],
                ["f1_macro", Self.field(report.macroF1)],
                ["average_precision_macro", Self.field(report.meanAveragePrecision)],
                ["roc_auc_micro", Self.field(roc.microAverage?.auc)],
                ["roc_auc_macro", Self.field(roc.macroAUC)],
            ])
    }
}
