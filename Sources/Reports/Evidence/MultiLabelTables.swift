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

    /// The bins of the classes' reliability diagrams, and of all decisions as `micro`: the mean probability, and the
    /// share that is of the class; empty where there are no samples.
    public init(_ calibration: OneVsRestCalibration) {
        let all =
            calibration.classes.map { ($0.name, $0.calibration) } + [("micro", calibration.microAverage)]
        self.init(
            header: ["class", "from", "to", "samples", "probability", "share"],
            rows: all.flatMap { name, calibration in CSVTable(calibration).rows.map { [name] + $0 } })
    }

    /// The metrics that are one number, by scikit-learn's names; the Brier score and the calibration errors are those
    /// of all decisions, one a sample and class.
    init(
        summaryOf predictions: MultiLabelPredictions, _ report: MultiLabelReport, _ roc: OneVsRestROC,
        _ calibration: OneVsRestCalibration
    ) {
        self.init(
            header: ["metric", "value"],
            rows: [
                ["samples", "\(report.sampleCount)"],
                ["accuracy", Self.field(report.subsetAccuracy)],
                ["balanced_accuracy", Self.field(report.balancedAccuracy)],
                ["hamming_loss", Self.field(report.hammingLoss)],
                ["log_loss", Self.field(report.logLoss)],
                ["f1_micro", Self.field(report.microF1)],
                ["f1_macro", Self.field(report.macroF1)],
                ["average_precision_macro", Self.field(report.meanAveragePrecision)],
                ["roc_auc_micro", Self.field(roc.microAverage?.auc)],
                ["roc_auc_macro", Self.field(roc.macroAUC)],
                ["brier_score", Self.field(predictions.brierScore)],
                ["ece", Self.field(calibration.microAverage.expectedError)],
                ["mce", Self.field(calibration.microAverage.maximumError)],
            ])
    }
}
