import Evaluation

extension CSVTable {
    /// What each epoch of training came to, one a line; empty where there was no validation.
    public init(_ history: LearningHistory) {
        self.init(
            header: [
                "stage", "epoch", "learning_rate", "loss", "accuracy", "val_loss", "val_accuracy", "seconds",
                "images_per_second", "val_balanced_accuracy", "val_f1_macro", "val_auc",
            ],
            rows: history.epochs.map { epoch in
                [epoch.stage, "\(epoch.epoch)"]
                    + [
                        epoch.learningRate, epoch.loss, epoch.accuracy, epoch.validationLoss,
                        epoch.validationAccuracy, epoch.seconds, epoch.imagesPerSecond,
                        epoch.validationBalancedAccuracy, epoch.validationF1Macro, epoch.validationAUC,
                    ].map(Self.field)
            })
    }

    /// The metrics that are one number, by scikit-learn's names; `roc_auc_macro_ovr` is the mean of the
    /// classes' areas and is empty where no class has a curve.
    /// - Throws: ``EvaluationError/notAProbability(_:identifier:className:)``
    init(
        summaryOf predictions: Predictions, _ matrix: ConfusionMatrix, _ roc: OneVsRestROC,
        _ calibration: Calibration
    ) throws(EvaluationError) {
        var rows = [
            ["samples", "\(matrix.sampleCount)"],
            ["accuracy", Self.field(matrix.accuracy)],
            ["balanced_accuracy", Self.field(matrix.balancedAccuracy)],
            ["log_loss", Self.field(try predictions.logLoss())],
            ["roc_auc_micro", Self.field(roc.microAverage?.auc)],
            ["roc_auc_macro_ovr", Self.field(roc.macroAUC)],
        ]
        // With fewer classes, nothing could be wrong.
        for k in [3, 5] where k < predictions.classNames.count {
            rows.append(["top_\(k)_accuracy", Self.field(try predictions.topKAccuracy(k))])
        }
        rows += [
            ["cohen_kappa", Self.field(matrix.cohenKappa)],
            ["matthews_corrcoef", Self.field(matrix.matthewsCorrelation)],
            ["brier_score", Self.field(try predictions.brierScore())],
            ["ece", Self.field(calibration.expectedError)],
            ["mce", Self.field(calibration.maximumError)],
        ]
        self.init(header: ["metric", "value"], rows: rows)
    }
}
