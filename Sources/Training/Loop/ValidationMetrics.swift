import Datasets
import Evaluation
import Tensors

/// Gathers what a network makes of the validation pictures, batch by batch.
struct ValidationMetrics {
    private var loss = 0.0
    private var correct = 0
    private var count = 0
    private var targets: [[Float]] = []
    private var logits: [[Double]] = []
    private var isMultiLabel = false

    /// The mean loss, without penalties.
    var meanLoss: Double { loss / Double(max(count, 1)) }
    /// The share that is told correctly; see ``Loss``.
    var accuracy: Double { Double(correct) / Double(max(count, 1)) }

    /// Takes a batch into account.
    mutating func add(_ result: Trainer.StepResult, _ batch: Batch) {
        loss += result.loss * Double(result.count)
        correct += result.correct
        count += result.count
        guard let outputs = result.logits else { return }
        let classes = outputs.shape[-1]
        if case .indicators = batch.targets { isMultiLabel = true }
        targets += Self.rows(batch.targets.dense(classes: classes).elements, classes)
        logits += Self.rows(outputs.elements.map(Double.init), classes)
    }

    private static func rows<Number>(_ elements: [Number], _ classes: Int) -> [[Number]] {
        stride(from: 0, to: elements.count, by: classes).map { Array(elements[$0..<$0 + classes]) }
    }

    /// Puts the metrics into an epoch's record.
    /// - Parameter withAUC: whether the area under the ROC curves is wanted, for which all scores are sorted.
    func fill(_ record: inout EpochRecord, withAUC: Bool) throws(EvaluationError) {
        guard let classes = logits.first?.count else { return }
        let names = (0..<classes).map { "\($0)" }
        if isMultiLabel {
            let rows = zip(targets, logits).map { targets, logits in
                MultiLabelPredictions.Row(
                    identifier: "", labels: targets.map { $0 > 0.5 },
                    scores: logits.map(BinaryCrossEntropy.sigmoid))
            }
            let predictions = try MultiLabelPredictions(classNames: names, rows: rows)
            let report = MultiLabelReport(predictions)
            record.validationBalancedAccuracy = report.balancedAccuracy
            record.validationF1Macro = report.macroF1
            if withAUC { record.validationAUC = OneVsRestROC(predictions).macroAUC }
        } else {
            let rows = zip(targets, logits).map { targets, logits in
                // Of the softmax the logarithm, which has the same order and does not underflow.
                Predictions.Row(identifier: "", label: greatest(targets), scores: logSoftmax(logits))
            }
            let predictions = try Predictions(classNames: names, rows: rows)
            let matrix = ConfusionMatrix(predictions)
            record.validationBalancedAccuracy = matrix.balancedAccuracy
            record.validationF1Macro = ClassificationReport(matrix).macroAverage.f1Score
            if withAUC { record.validationAUC = OneVsRestROC(predictions).macroAUC }
        }
    }
}
