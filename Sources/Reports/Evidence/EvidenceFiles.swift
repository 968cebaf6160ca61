import Evaluation

/// The files of evidence, as names with their texts.
typealias EvidenceFiles = [(name: String, text: String)]

/// What is worked out of predictions class by class, be there one or several classes a sample.
func oneVsRestEvidence(_ predictions: some OneVsRest) -> EvidenceFiles {
    let intervals = AUCIntervals(predictions)
    let precisionRecall = OneVsRestPrecisionRecall(predictions)
    let det = OneVsRestDET(predictions)
    let thresholds = ThresholdTable(predictions)
    return [
        ("auc_intervals.csv", CSVTable(intervals).text),
        ("auc_intervals.svg", SVGDocument.intervalPlot(intervals).text),
        ("precision_recall.csv", CSVTable(precisionRecall).text),
        ("average_precision.csv", CSVTable(averagePrecisionsOf: precisionRecall).text),
        ("precision_recall.svg", SVGDocument.precisionRecallPlot(precisionRecall).text),
        ("det.csv", CSVTable(det).text),
        ("det.svg", SVGDocument.detPlot(det).text),
        ("thresholds.csv", CSVTable(thresholds).text),
        ("thresholds.svg", SVGDocument.thresholdPlot(thresholds).text),
    ]
}

/// What is said of the groups that samples belong to, such as persons, where any are known.
func groupEvidence(_ results: GroupResults) -> EvidenceFiles {
    guard !results.lines.isEmpty else { return [] }
    return [
        ("groups.csv", CSVTable(results).text), ("groups.svg", SVGDocument.groupPlot(results).text),
    ]
}

/// The matrix with its classes clustered, where there are enough of them for an order to matter and few enough
/// to be looked at.
func clusteredEvidence(_ matrix: ConfusionMatrix) -> EvidenceFiles {
    guard (3...200).contains(matrix.classNames.count) else { return [] }
    return [
        (
            "confusion_matrix_clustered.csv",
            CSVTable(matrix.reordered(matrix.clusteredOrder)).text
        ), ("confusion_matrix_clustered.svg", SVGDocument.clusteredConfusionMatrixPlot(matrix).text),
    ]
}
