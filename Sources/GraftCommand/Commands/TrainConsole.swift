import Foundation
import Graft

/// Shows a person how a run goes: a bar while an epoch runs, a line when it is over.
struct TrainConsole {
    private let output = Terminal.output
    private let style = Terminal.output.style
    private var bar: ProgressBar?

    /// Where it will be written.
    func announce(_ folder: RunFolder) { output.print("run       \(folder.path())") }

    /// What ought to be looked at.
    func warn(_ text: String) { output.print(style.yellow("warning   ") + text) }

    /// What is about to be done.
    func describe(_ experiment: Experiment, withStages: Bool = false) {
        let description = ExperimentDescription(experiment, style: style)
        let lines = description.lines + (withStages ? description.stages : [])
        for line in lines { output.print(line) }
    }

    /// Shows an event.
    mutating func show(_ event: ExperimentEvent) {
        switch event {
        case .training(let event, let variant): show(event, variant)
        case .solving(let solver, let samples):
            clear()
            output.print(
                "\n" + style.bold("head \(solver.name)")
                    + "  \(solver.settings), worked out from \(counted(samples, "picture"))")
        case .solvedPartly(let warning):
            clear()
            warn("\(warning)")
        case .validating(let done, let total, _): judging("validation", done, total)
        case .testing(let done, let total, _): judging("test", done, total)
        }
    }

    private mutating func judging(_ split: String, _ done: Int, _ total: Int) {
        if bar == nil { bar = ProgressBar(split, total: total, terminal: .error) }
        bar?.update(done)
        if done == total { clear() }
    }

    private mutating func show(_ event: TrainingEvent, _ variant: ExperimentEvent.Variant) {
        switch event {
        case .stageBegan(let stage, let count):
            let title = variant == .fineTuned ? stage.name : "\(stage.name), from scratch"
            output.print(
                "\n" + style.bold("stage \(title)")
                    + "  \(grouped(count)) trainable parameters, "
                    + (stage.earlyStopping == nil ? "" : "up to ") + counted(stage.epochs, "epoch"))
        case .features(let event): show(event)
        case .layersUnfrozen(let groups, let count):
            output.print(
                style.bold("unfrozen ") + (groups.first.map { "from \($0) on  " } ?? "")
                    + "\(grouped(count)) trainable parameters")
        case .stepEnded(let progress):
            if bar == nil {
                bar = ProgressBar("epoch \(progress.epoch)/\(progress.epochs)", total: progress.total)
            }
            bar?.update(
                progress.done,
                [
                    "loss \(lossText(progress.loss))", "accuracy \(percent(progress.accuracy))",
                    "\(decimals(progress.imagesPerSecond, 0)) images/s",
                ])
        case .statisticsEstimated(let done, let total):
            if bar == nil { bar = ProgressBar("statistics of the averaged weights", total: total) }
            bar?.update(done)
        case .epochEnded(let record):
            clear()
            output.print(Self.line(record))
        case .stageEnded(let stage, let epochs, let kept, let stoppedEarly):
            clear()
            if stoppedEarly { output.print("stopped early after \(epochs) of \(stage.epochs) epochs") }
            if stage.earlyStopping?.restoreBestWeights == true {
                output.print("kept the weights of epoch \(kept)")
            }
        }
    }

    private mutating func show(_ event: FeatureEvent) {
        switch event {
        case .computing(let done, let total):
            if bar == nil { bar = ProgressBar("features", total: total) }
            bar?.update(done)
            if done == total { clear() }
        case .waiting:
            if bar == nil { bar = ProgressBar("another run computes the features", total: 1) }
            bar?.update(0)
        case .damaged(let path):
            clear()
            output.print(style.yellow("damaged") + "   \(path): its features are computed again")
        case .unavailable(let reason):
            clear()
            output.print(style.yellow("uncached") + "  features are computed in each epoch: \(reason)")
        }
    }

    private static func line(_ record: EpochRecord) -> String {
        var parts = [
            "epoch \(record.epoch)", "loss \(lossText(record.loss))",
            "accuracy \(percent(record.accuracy))",
        ]
        if let loss = record.validationLoss, let accuracy = record.validationAccuracy {
            parts += ["val_loss \(lossText(loss))", "val_accuracy \(percent(accuracy))"]
        }
        parts += [
            "\(decimals(record.imagesPerSecond, 0)) images/s", "\(decimals(record.seconds, 1)) s",
        ]
        return parts.joined(separator: "  ")
    }

    /// Takes the bar away.
    mutating func clear() {
        bar?.clear()
        bar = nil
    }

    /// What came out.
    func conclude(_ summary: RunSummary, folder: RunFolder) {
        output.print("\n" + style.bold("test pictures"))
        var table = TextTable([
            ("", .left), ("ACCURACY", .right), ("BALANCED", .right), ("F1 (MACRO)", .right),
            ("AUC (MACRO)", .right), ("LOG LOSS", .right), ("EPOCHS", .right), ("TIME", .right),
        ])
        table.add(Self.row("fine-tuned", summary.fineTuned))
        if let fromScratch = summary.fromScratch { table.add(Self.row("from scratch", fromScratch)) }
        output.print(table.text(style: style))
        if let fitted = summary.fineTuned.temperature { output.print(temperatureLine(fitted)) }
        output.print("\nreports in \(style.cyan(folder.path()))")
        for (file, what) in [
            ("roc.svg", "ROC curves"), ("confusion_matrix.svg", "confusion matrix"),
            ("average_precision.csv", "average precision of each class"),
            ("learning_curves.svg", "learning curves"),
            ("classification_report.csv", "precision, recall, F1"),
            ("predictions.csv", "every test picture's scores"), ("model.weights.h5", "weights for Keras"),
        ] where FileManager.default.fileExists(atPath: folder.file(file).path(percentEncoded: false)) {
            output.print("  \(file.padding(toLength: 27, withPad: " ", startingAt: 0))\(what)")
        }
    }

    private static func row(_ name: String, _ results: RunSummary.Results) -> [String] {
        [
            name, percent(results.accuracy), percent(results.balancedAccuracy), decimals(results.macroF1, 4),
            results.macroAUC.map { decimals($0, 4) } ?? "-", decimals(results.logLoss, 4),
            "\(results.epochs)", ProgressBar.clock(.seconds(results.seconds)),
        ]
    }
}
