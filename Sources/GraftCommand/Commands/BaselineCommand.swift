import Foundation
import Graft

/// `graft baseline`
enum BaselineCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "baseline",
        abstract: "See what can be had without training: closed-form heads on the frozen backbone.",
        discussion: """
            Computes once what the backbone of a configuration makes of its pictures, and works out on that
            logistic regression, ridge classification, linear discriminant analysis and nearest neighbours, as
            scikit-learn does. The settings of each are chosen by the validation pictures. A network that is
            fine-tuned should do better.
            """,
        operands: [.init(name: "CONFIG", help: "The experiment, a YAML file. Its stages are not trained.")],
        options: [
            .set("Change a setting. May be given several times."),
            .init(
                name: "to", value: "FILE",
                help: "Where the table is written; experiments/baselines/NAME.csv if not given."),
            .init(
                name: "feature-cache", value: "FOLDER", help: "Where features are kept; 'off' for nowhere."),
            .threads,
        ],
        examples: [("baseline experiments/fer2013.yaml", "A strong baseline before the first training")])

    static func run(_ arguments: Arguments) throws {
        try arguments.setThreads(command: specification.name)
        let experiment = try Experiment(arguments.configuration())
        for line in ExperimentDescription(experiment, style: Terminal.output.style).lines {
            Terminal.output.print(line)
        }
        Interruption.listen()
        let cache = experiment.configuration.training.featureCache.overridden(
            arguments.value("feature-cache"))
        let baseline = try compute(experiment, cache.reuse)
        let file = URL(
            filePath: arguments.value("to") ?? "experiments/baselines/\(experiment.configuration.name).csv")
        try write(baseline, to: file)
        report(baseline, file)
    }

    private static func compute(_ experiment: Experiment, _ reuse: FeatureReuse) throws -> Baseline {
        var bar: ProgressBar?
        defer { bar?.clear() }
        return try Baseline(experiment, reusing: reuse) { event in
            switch event {
            case .features(.computing(let done, let total), let split):
                if bar == nil { bar = ProgressBar("features, \(split.rawValue)", total: total) }
                bar?.update(done)
                if done == total {
                    bar?.clear()
                    bar = nil
                }
            case .features(.unavailable(let reason), _):
                Terminal.output.print(Terminal.output.style.yellow("uncached") + "  \(reason)")
            case .features(.damaged(let path), _):
                Terminal.output.print(
                    Terminal.output.style.yellow("damaged") + "   \(path): its features are computed again")
            case .features(.waiting, _), .fitting: break
            }
            try Interruption.check()
        }
    }

    private static func write(_ baseline: Baseline, to file: URL) throws {
        var table = CSVTable(header: [
            "solver", "settings", "val_accuracy", "accuracy", "balanced_accuracy", "f1_macro",
            "roc_auc_macro_ovr", "log_loss", "seconds",
        ])
        for row in baseline.rows {
            let results = row.results
            table.rows.append([
                row.solver.name, row.solver.settings, CSVTable.field(row.validationAccuracy),
                CSVTable.field(results.accuracy), CSVTable.field(results.balancedAccuracy),
                CSVTable.field(results.macroF1), CSVTable.field(results.macroAUC),
                CSVTable.field(results.logLoss), CSVTable.field(row.seconds),
            ])
        }
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(table.text.utf8).write(to: file, options: .atomic)
    }

    private static func report(_ baseline: Baseline, _ file: URL) {
        let (output, style) = (Terminal.output, Terminal.output.style)
        var table = TextTable([
            ("SOLVER", .left), ("SETTINGS", .left), ("VALIDATION", .right), ("ACCURACY", .right),
            ("F1 (MACRO)", .right), ("AUC (MACRO)", .right), ("TIME", .right),
        ])
        for row in baseline.rows {
            table.add([
                row.solver.name, row.solver.settings, row.validationAccuracy.map(percent) ?? "-",
                percent(row.results.accuracy), decimals(row.results.macroF1, 4),
                row.results.macroAUC.map { decimals($0, 4) } ?? "-", "\(decimals(row.seconds, 1)) s",
            ])
        }
        output.print("\n" + style.bold("test pictures") + "\n" + table.text(style: style))
        for warning in baseline.rows.compactMap(\.warning) {
            output.print(style.yellow("warning") + "   \(warning)")
        }
        for failure in baseline.failures { output.print(style.yellow("left out") + "  \(failure)") }
        if let best = baseline.best {
            output.print(
                "\nto be beaten: \(style.bold(best.solver.name)) with \(best.solver.settings), "
                    + "\(percent(best.results.accuracy)) of the test pictures")
        }
        output.print("table in \(style.cyan(RunFolder(url: file).path()))")
    }
}
