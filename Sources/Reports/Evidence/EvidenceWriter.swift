import Evaluation
import Foundation
import Wording

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
    /// `det` and `thresholds`; with a temperature also `calibration_before.csv`, and where groups are known
    /// `groups.csv` and `.svg`.
    /// - Parameters:
    ///   - unscaled: what the network says.
    ///   - temperature: what all is given at; nil for what the network says.
    /// - Returns: the files, in that order.
    /// - Throws: ``ReportError`` where scores are not probabilities or a file cannot be written.
    @discardableResult
    public func write(
        _ unscaled: Predictions, at temperature: TemperatureScaling? = nil
    ) throws(ReportError) -> [URL] {
        let numbers = try ProbabilityEvidence(
            unscaled, at: temperature, file: url("predictions.csv").path(percentEncoded: false))
        let predictions = numbers.predictions
        let matrix = ConfusionMatrix(predictions)
        let roc = OneVsRestROC(predictions)
        // It would tell of a temperature that is no longer there.
        if temperature == nil { try? FileManager.default.removeItem(at: url("calibration_before.csv")) }
        return try write(
            [
                ("predictions.csv", CSVTable(predictions).text),
                ("summary.csv", numbers.summary(matrix, roc).text),
                ("classification_report.csv", CSVTable(ClassificationReport(matrix)).text),
                ("confusion_matrix.csv", CSVTable(matrix).text),
                ("confusion_matrix_normalized.csv", CSVTable(matrix, normalizedBy: .true).text),
                ("confusion_matrix_by_column.csv", CSVTable(matrix, normalizedBy: .pred).text),
                ("confusion_matrix_by_all.csv", CSVTable(matrix, normalizedBy: .all).text),
                ("confusion_matrix.svg", SVGDocument.confusionMatrixPlot(matrix).text),
                ("roc.csv", CSVTable(roc).text),
                ("roc_auc.csv", CSVTable(areasOf: roc).text),
                ("roc.svg", SVGDocument.rocPlot(roc).text),
                ("top_k.csv", numbers.topK.text),
            ] + clusteredEvidence(matrix) + numbers.calibrationEvidence + oneVsRestEvidence(predictions)
                + groupEvidence(GroupResults(predictions)))
    }

    /// Writes `predictions.csv`, `summary.csv`, `classification_report.csv`, `multilabel_confusion_matrix.csv`,
    /// `roc.csv`, `roc_auc.csv` and `roc.svg`, `calibration.csv` and `.svg` of each class, `auc_intervals`,
    /// `precision_recall`, `average_precision`, `det` and `thresholds`, and `groups` where any are known.
    /// - Returns: the files, in that order.
    /// - Throws: ``ReportError`` where a file cannot be written.
    @discardableResult
    public func write(_ predictions: MultiLabelPredictions) throws(ReportError) -> [URL] {
        let (report, roc) = (MultiLabelReport(predictions), OneVsRestROC(predictions))
        let calibration = OneVsRestCalibration(predictions)
        return try write(
            [
                ("predictions.csv", CSVTable(predictions).text),
                ("summary.csv", CSVTable(summaryOf: predictions, report, roc, calibration).text),
                ("classification_report.csv", CSVTable(report).text),
                ("multilabel_confusion_matrix.csv", CSVTable(countsOf: report).text),
                ("roc.csv", CSVTable(roc).text),
                ("roc_auc.csv", CSVTable(areasOf: roc).text),
                ("roc.svg", SVGDocument.rocPlot(roc).text),
                ("calibration.csv", CSVTable(calibration).text),
                ("calibration.svg", SVGDocument.reliabilityPlot(calibration).text),
            ] + oneVsRestEvidence(predictions) + groupEvidence(GroupResults(predictions)))
    }

    /// Writes the evidence for what a network says.
    /// - Parameter temperature: what all is given at; nil for what the network says, and for several classes a sample.
    /// - Throws: ``ReportError`` where scores are not probabilities or a file cannot be written.
    @discardableResult
    public func write(
        _ judgement: Judgement, at temperature: TemperatureScaling? = nil
    ) throws(ReportError) -> [URL] {
        switch judgement {
        case .single(let predictions): try write(predictions, at: temperature)
        case .multiple(let predictions): try write(predictions)
        }
    }

    /// Writes `validation_predictions.csv`, which has the columns of `predictions.csv`.
    /// - Parameter temperature: what the probabilities are given at; nil for what the network says.
    /// - Throws: ``ReportError`` where scores are not probabilities or a file cannot be written.
    public func write(
        validation: Judgement, at temperature: TemperatureScaling? = nil
    ) throws(ReportError) {
        let name = "validation_predictions.csv"
        let scaled: Judgement
        do { scaled = try validation.scaled(by: temperature) } catch {
            throw .predictions(file: url(name).path(percentEncoded: false), error)
        }
        switch scaled {
        case .single(let predictions): try write(CSVTable(predictions), named: name)
        case .multiple(let predictions): try write(CSVTable(predictions), named: name)
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

    /// Writes `steps.svg` and `learning_rate.svg`, which `steps.csv` has the numbers of; nothing where no step was taken.
    /// - Throws: ``ReportError`` where a file cannot be written.
    public func write(_ history: StepHistory) throws(ReportError) {
        guard !history.steps.isEmpty else { return }
        try write(.stepsPlot(history), named: "steps.svg")
        try write(.learningRateTrace(history), named: "learning_rate.svg")
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

    private func write(_ files: EvidenceFiles) throws(ReportError) -> [URL] {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw .unwritable(file: folder.path(percentEncoded: false), reason: reason(of: error))
        }
        try writeAtomically(files.map { (url($0.name), Data($0.text.utf8)) })
        return files.map { url($0.name) }
    }

    private func url(_ name: String) -> URL { folder.appending(path: name) }
}
