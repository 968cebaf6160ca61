import Evaluation

/// What is worked out of predictions' probabilities, at a temperature and, for comparison, without it.
struct ProbabilityEvidence {
    /// The numbers that change with the temperature.
    private struct Numbers {
        let logLoss: Double
        let brierScore: Double
        let calibration: Calibration

        init(_ predictions: Predictions) throws(EvaluationError) {
            logLoss = try predictions.logLoss()
            brierScore = try predictions.brierScore()
            calibration = try Calibration(predictions)
        }
    }

    /// The predictions, at the temperature.
    let predictions: Predictions
    /// The top-k accuracy.
    let topK: CSVTable
    private let temperature: TemperatureScaling?
    private let numbers: Numbers
    /// Without the temperature; nil where there is none.
    private let before: Numbers?

    /// - Parameter file: what errors call the predictions.
    /// - Throws: ``ReportError/predictions(file:_:)`` where scores are not probabilities.
    init(_ unscaled: Predictions, at temperature: TemperatureScaling?, file: String) throws(ReportError) {
        do {
            self.temperature = temperature
            predictions = try temperature?(unscaled) ?? unscaled
            numbers = try Numbers(predictions)
            before = temperature == nil ? nil : try Numbers(unscaled)
            topK = try CSVTable(topKOf: predictions)
        } catch { throw .predictions(file: file, error) }
    }

    /// The metrics that are one number, by scikit-learn's names; `roc_auc_macro_ovr` is the mean of the classes' areas
    /// and is empty where no class has a curve. What is without the temperature ends in `_before`.
    func summary(_ matrix: ConfusionMatrix, _ roc: OneVsRestROC) -> CSVTable {
        var rows: [(String, Double?)] = [
            ("accuracy", matrix.accuracy), ("balanced_accuracy", matrix.balancedAccuracy),
            ("log_loss", numbers.logLoss), ("roc_auc_micro", roc.microAverage?.auc),
            ("roc_auc_macro_ovr", roc.macroAUC),
        ]
        // With fewer classes, nothing could be wrong.
        for k in [3, 5] where k < predictions.classNames.count {
            rows.append(("top_\(k)_accuracy", Double(topK.rows[k - 1][1])))
        }
        rows += [
            ("cohen_kappa", matrix.cohenKappa), ("matthews_corrcoef", matrix.matthewsCorrelation),
            ("brier_score", numbers.brierScore), ("ece", numbers.calibration.expectedError),
            ("mce", numbers.calibration.maximumError),
        ]
        if let before, let temperature {
            rows += [
                ("temperature", temperature.temperature), ("log_loss_before", before.logLoss),
                ("brier_score_before", before.brierScore), ("ece_before", before.calibration.expectedError),
                ("mce_before", before.calibration.maximumError),
            ]
        }
        return CSVTable(
            header: ["metric", "value"],
            rows: [["samples", "\(matrix.sampleCount)"]] + rows.map { [$0.0, CSVTable.field($0.1)] })
    }

    /// What a reliability diagram is worked out of, and the diagram.
    var calibrationEvidence: EvidenceFiles {
        let drawing = SVGDocument.reliabilityPlot(
            numbers.calibration, before: before?.calibration, temperature: temperature?.temperature)
        return [
            ("calibration.csv", CSVTable(numbers.calibration).text), ("calibration.svg", drawing.text),
        ] + (before.map { [("calibration_before.csv", CSVTable($0.calibration).text)] } ?? [])
    }
}
