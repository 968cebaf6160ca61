import Evaluation

extension CSVTable {
    /// The points of precision-recall curves, one a line and by rising threshold: the curve is a class's name
    /// or `micro`. The last point of a curve has no threshold.
    public init(_ curves: OneVsRestPrecisionRecall) {
        let all = curves.classes.map { ($0.name, $0.curve) } + [("micro", curves.microAverage)]
        self.init(
            header: ["curve", "precision", "recall", "threshold"],
            rows: all.flatMap { name, curve -> [[String]] in
                guard let curve else { return [] }
                return curve.recall.indices.map { index in
                    let threshold = index < curve.thresholds.count ? curve.thresholds[index] : nil
                    return [name, Self.field(curve.precision[index]), Self.field(curve.recall[index])]
                        + [Self.field(threshold)]
                }
            })
    }

    /// The average precisions of the classes, of the micro average's curve, and `macro`, the mean of the
    /// classes that have one.
    public init(averagePrecisionsOf curves: OneVsRestPrecisionRecall) {
        let without = curves.classes.filter { $0.curve == nil }.map(\.name)
        let note = without.isEmpty ? "" : "without " + without.joined(separator: ", ")
        self.init(
            header: ["curve", "average_precision", "positives", "note"],
            rows: curves.classes.map { item in
                [
                    item.name, Self.field(item.curve?.averagePrecision), "\(item.positives)",
                    item.curve == nil ? "undefined: no positives" : "",
                ]
            } + [
                ["micro", Self.field(curves.microAverage?.averagePrecision), "", ""],
                ["macro", Self.field(curves.macroAveragePrecision), "", note],
            ])
    }

    /// The points of DET curves, one a line and by rising threshold.
    public init(_ curves: OneVsRestDET) {
        let all = curves.classes + [("micro", curves.microAverage)]
        self.init(
            header: ["curve", "fpr", "fnr", "threshold"],
            rows: all.flatMap { name, curve -> [[String]] in
                guard let curve else { return [] }
                return curve.fpr.indices.map { index in
                    [name] + [curve.fpr[index], curve.fnr[index], curve.thresholds[index]].map(Self.field)
                }
            })
    }

    /// What each threshold makes of each class.
    public init(_ table: ThresholdTable) {
        self.init(
            header: [
                "class", "threshold", "precision", "recall", "f1-score", "specificity", "true_positives",
                "false_positives", "true_negatives", "false_negatives",
            ],
            rows: table.classes.joined().map { line in
                [line.name]
                    + [line.threshold, line.precision, line.recall, line.f1Score, line.specificity]
                    .map(Self.field)
                    + [line.truePositives, line.falsePositives, line.trueNegatives, line.falseNegatives]
                    .map { "\($0)" }
            })
    }

    /// The areas under ROC curves with intervals of 95 %.
    public init(_ intervals: AUCIntervals) {
        self.init(
            header: [
                "curve", "auc", "standard_error", "delong_low", "delong_high", "bootstrap_low",
                "bootstrap_high", "resamples",
            ],
            rows: intervals.lines.map { line in
                [line.name]
                    + [
                        line.auc, line.standardError, line.deLong?.low, line.deLong?.high,
                        line.bootstrap?.low, line.bootstrap?.high,
                    ].map(Self.field) + ["\(line.resamples)"]
            })
    }

    /// The bins of a reliability diagram; confidence and accuracy are empty where there are no samples.
    public init(_ calibration: Calibration) {
        self.init(
            header: ["from", "to", "samples", "confidence", "accuracy"],
            rows: calibration.bins.map { bin in
                [Self.field(bin.bounds.lowerBound), Self.field(bin.bounds.upperBound), "\(bin.count)"]
                    + [bin.confidence, bin.accuracy].map(Self.field)
            })
    }

    /// The top-k accuracy for every k; of many classes, for the first twenty.
    /// - Throws: ``EvaluationError``
    public init(topKOf predictions: Predictions) throws(EvaluationError) {
        var rows: [[String]] = []
        for k in 1...min(predictions.classNames.count, 20) {
            rows.append(["\(k)", Self.field(try predictions.topKAccuracy(k))])
        }
        self.init(header: ["k", "top_k_accuracy"], rows: rows)
    }
}
