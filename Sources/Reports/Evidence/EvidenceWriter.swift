import Evaluation
import Foundation

/// Writes what speaks for a trained network into a folder, as tables (CSV) and drawings (SVG).
///
/// Everything is worked out before the first file is written, and each file is replaced as a whole.
public struct EvidenceWriter: Sendable {
    /// The folder; it is made where it is not there.
    public let folder: URL

    /// A writer into a folder.
    public init(folder: URL) { self.folder = folder }

    /// Writes `predictions.csv`, `summary.csv`, `classification_report.csv`, `confusion_matrix.csv` (and
    /// `_normalized.csv`, by column, by all, clustered, and `.svg`), `top_k.csv`, `calibration.csv` and `.svg`,
    /// `roc.csv`, `roc_auc.csv` and `roc.svg`, and `auc_intervals`, `precision_recall`, `average_precision`,
    /// `det` and `thresholds`.
    /// - Returns: the files, in that order.
    /// - Throws: ``ReportError`` where scores are not probabilities or a file cannot be written.
    @discardableResult
    public func write(_ predictions: Predictions) throws(ReportError) -> [URL] {
        let matrix = ConfusionMatrix(predictions)
        let roc = OneVsRestROC(predictions)
        let (summary, topK, calibration) = try numbers(predictions, matrix, roc)
        return try write(
            [
                ("predictions.csv", CSVTable(predictions).text),
                ("summary.csv", summary.text),
                ("classification_report.csv", CSVTable(ClassificationReport(matrix)).text),
                ("confusion_matrix.csv", CSVTable(matrix).text),
                ("confusion_matrix_normalized.csv", CSVTable(matrix, normalizedBy: .true).text),
                ("confusion_matrix_by_column.csv", CSVTable(matrix, normalizedBy: .pred).text),
                ("confusion_matrix_by_all.csv", CSVTable(matrix, normalizedBy: .all).text),
                ("confusion_matrix.svg", SVGDocument.confusionMatrixPlot(matrix).text),
                ("roc.csv", CSVTable(roc).text),
                ("roc_auc.csv", CSVTable(areasOf: roc).text),
                ("roc.svg", SVGDocument.rocPlot(roc).text),
                ("top_k.csv", topK.text),
            ] + clusteredEvidence(matrix) + calibrationEvidence(calibration) + oneVsRestEvidence(predictions))
    }

    /// Writes `predictions.csv`, `summary.csv`, `classification_report.csv`, `multilabel_confusion_matrix.csv`,
    /// `average_precision.csv`, `roc.csv`, `roc_auc.csv` and `roc.svg`.
    /// - Returns: the files, in that order.
    /// - Throws: ``ReportError`` where a file cannot be written.
    @discardableResult
    public func write(_ predictions: MultiLabelPredictions) throws(ReportError) -> [URL] {
        let (report, roc) = (MultiLabelReport(predictions), OneVsRestROC(predictions))
        return try write([
            ("predictions.csv", CSVTable(predictions).text),
            ("summary.csv", CSVTable(summaryOf: report, roc).text),
            ("classification_report.csv", CSVTable(report).text),
            ("multilabel_confusion_matrix.csv", CSVTable(countsOf: report).text),
            ("average_precision.csv", CSVTable(averagePrecisionsOf: report).text),
            ("roc.csv", CSVTable(roc).text),
            ("roc_auc.csv", CSVTable(areasOf: roc).text),
            ("roc.svg", SVGDocument.rocPlot(roc).text),
        ])
    }

    /// Writes the evidence for what a network says.
    /// - Throws: ``ReportError`` where scores are not probabilities or a file cannot be written.
    @discardableResult
    public func write(_ judgement: Judgement) throws(ReportError) -> [URL] {
        switch judgement {
        case .single(let predictions): try write(predictions)
        case .multiple(let predictions): try write(predictions)
        }
    }

    /// Writes `metrics.csv` and `learning_curves.svg`.
    /// - Returns: the files, in that order.
    /// - Throws: ``ReportError`` where a file cannot be written.
    /// - Parameter draws: whether the curves are drawn, or only the table is written.
    @discardableResult
    public func write(_ history: LearningHistory, drawing draws: Bool = true) throws(ReportError) -> [URL] {
        let table = ("metrics.csv", CSVTable(history).text)
        guard draws else { return try write([table]) }
        return try write([table, ("learning_curves.svg", SVGDocument.learningCurvesPlot(history).text)])
    }

    /// Writes `class_balance.csv` and `class_balance.svg`.
    /// - Throws: ``ReportError`` where a file cannot be written.
    @discardableResult
    public func write(_ balance: ClassBalance) throws(ReportError) -> [URL] {
        try write([
            ("class_balance.csv", CSVTable(balance).text),
            ("class_balance.svg", SVGDocument.classBalancePlot(balance).text),
        ])
    }

    /// Writes a table.
    /// - Throws: ``ReportError`` where the file cannot be written.
    public func write(_ table: CSVTable, named name: String) throws(ReportError) {
        _ = try write([(name, table.text)])
    }

    /// Writes a drawing.
    /// - Throws: ``ReportError`` where the file cannot be written.
    public func write(_ drawing: SVGDocument, named name: String) throws(ReportError) {
        _ = try write([(name, drawing.text)])
    }

    /// Writes a learning-rate sweep as `<name>.csv` and `<name>.svg`.
    /// - Returns: the files, in that order.
    /// - Throws: ``ReportError`` where a file cannot be written.
    @discardableResult
    public func write(_ curve: LearningRateCurve, named name: String) throws(ReportError) -> [URL] {
        let rows = curve.rates.indices.map { step in
            ["\(step + 1)"] + [curve.rates, curve.losses, curve.smoothed].map { CSVTable.field($0[step]) }
        }
        let table = CSVTable(header: ["step", "learning_rate", "loss", "smoothed_loss"], rows: rows)
        return try write([
            ("\(name).csv", table.text), ("\(name).svg", SVGDocument.learningRatePlot(curve).text),
        ])
    }

    private func numbers(
        _ predictions: Predictions, _ matrix: ConfusionMatrix, _ roc: OneVsRestROC
    ) throws(ReportError) -> (summary: CSVTable, topK: CSVTable, calibration: Calibration) {
        do {
            let calibration = try Calibration(predictions)
            return (
                try CSVTable(summaryOf: predictions, matrix, roc, calibration),
                try CSVTable(topKOf: predictions), calibration
            )
        } catch {
            throw .predictions(file: url("predictions.csv").path(percentEncoded: false), error)
        }
    }

    private func write(_ files: EvidenceFiles) throws(ReportError) -> [URL] {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw .unwritable(file: folder.path(percentEncoded: false), reason: reason(of: error))
        }
        var urls: [URL] = []
        for file in files {
            try writeAtomically(file.text, to: url(file.name))
            urls.append(url(file.name))
        }
        return urls
    }

    private func url(_ name: String) -> URL { folder.appending(path: name) }
}
