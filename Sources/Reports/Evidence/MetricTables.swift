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
}
