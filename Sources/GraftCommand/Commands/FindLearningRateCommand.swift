import Foundation
import Graft

/// `graft find-lr`
enum FindLearningRateCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "find-lr",
        abstract: "Find a good learning rate for a configuration, by trying them all.",
        discussion: """
            Trains a copy of the network for some steps, while the learning rate rises from very small to very
            large, and draws how the loss goes: it stays, falls, and runs away (Smith 2017; fastai's lr_find).
            A good rate lies where the loss falls. The curve is written as SVG and CSV; the weights are left
            as they are.

            A later stage is tried from the weights that the experiment begins with, not from those that the
            stages before it would give.
            """,
        operands: [.init(name: "CONFIG", help: "The experiment, a YAML file.")],
        options: [
            .init(
                name: "stage", value: "NAME",
                help: "Which stage's layers and optimizer; the first if not given.",
                completion: .nothing),
            .init(
                name: "steps", value: "N", help: "How many rates to try; 100 if not given.",
                completion: .nothing),
            .init(
                name: "from", value: "RATE", help: "The least rate; 1e-7 if not given.", completion: .nothing),
            .init(
                name: "to", value: "RATE", help: "The greatest rate; 10 if not given.", completion: .nothing),
            .set("Change a setting, as for 'graft train'."),
            .init(
                name: "out", value: "FOLDER",
                help: "Where NAME-STAGE.svg and .csv are written; experiments/learning-rates if not given."),
            .threads,
        ],
        examples: [
            ("find-lr experiments/quickstart.yaml", "For the first stage"),
            ("find-lr experiments/quickstart.yaml --stage head --to 1", "For another, up to a rate of 1"),
        ])

    static func run(_ arguments: Arguments) throws {
        try arguments.setThreads(command: specification.name)
        let finder = try finder(arguments)
        let configuration = try arguments.configuration()
        let stage = try stage(arguments, of: configuration)
        let experiment = try Experiment(configuration)
        let output = Terminal.output
        for line in ExperimentDescription(experiment, style: output.style).lines { output.print(line) }
        Interruption.listen()
        let sweep = try sweep(experiment, finder, stage)
        try conclude(sweep, experiment, stage, finder, folder: arguments.value("out"))
    }

    private static func finder(_ arguments: Arguments) throws(UsageError) -> LearningRateFinder {
        var finder = LearningRateFinder()
        let name = specification.name
        finder.start = try arguments.number("from", command: name) ?? finder.start
        finder.end = try arguments.number("to", command: name) ?? finder.end
        finder.steps = try arguments.integer("steps", atLeast: 20, command: name) ?? finder.steps
        guard finder.end > finder.start else {
            throw .badValue(
                option: "to", expected: "a rate greater than the least, \(finder.start)",
                found: "\(finder.end)", command: name)
        }
        return finder
    }

    private static func stage(
        _ arguments: Arguments, of configuration: ExperimentConfiguration
    ) throws(UsageError) -> Int {
        guard let name = arguments.value("stage") else { return 0 }
        let names = configuration.training.stages.map(\.name)
        guard let index = names.firstIndex(of: name) else {
            throw .badValue(
                option: "stage", expected: "one of \(names.joined(separator: ", "))", found: name,
                command: specification.name)
        }
        return index
    }

    private static func sweep(
        _ experiment: Experiment, _ finder: LearningRateFinder, _ stage: Int
    ) throws -> LearningRateSweep {
        var bar = ProgressBar("learning rates", total: finder.steps)
        defer { bar.clear() }
        return try experiment.sweepLearningRate(finder, stage: stage) { sweep in
            try Interruption.check()
            guard let point = sweep.points.last else { return }
            bar.update(sweep.points.count, ["rate \(text(point.rate))", "loss \(lossText(point.smoothed))"])
        }
    }

    private static func conclude(
        _ sweep: LearningRateSweep, _ experiment: Experiment, _ stage: Int, _ finder: LearningRateFinder,
        folder: String?
    ) throws {
        let configuration = experiment.configuration
        let name = configuration.training.stages[stage].name
        let suggestions = Result { () throws(LearningRateSweep.Silence) in try sweep.suggestions() }
        let rows = (try? suggestions.get()).map(rows) ?? []
        let curve = LearningRateCurve(
            title: "\(configuration.name), stage '\(name)'", rates: sweep.points.map(\.rate),
            losses: sweep.points.map(\.loss), smoothed: sweep.points.map(\.smoothed),
            marks: rows.map { .init($0.name, at: $0.rate) })
        let url = URL(filePath: folder ?? "experiments/learning-rates", directoryHint: .isDirectory)
        let files = try EvidenceWriter(folder: url).write(
            curve, named: "\(configuration.name)-stage\(stage + 1)")
        let output = Terminal.output
        output.print("\n" + output.style.bold("learning rates for stage '\(name)'"))
        for row in rows {
            output.print("  \(padded(row.name, 12))\(padded(text(row.rate), 10))\(row.meaning)")
        }
        if case .failure(let reason) = suggestions {
            output.print("  none: \(reason)")
        } else if !sweep.hasDiverged {
            output.print(
                "  the loss did not run away up to \(text(finder.end)); a greater --to may show more")
        }
        output.print("\ncurve in \(files.map { RunFolder(url: $0).path() }.joined(separator: " and "))")
        guard let first = rows.first else { return }
        output.print("try it with: --set training.stages.\(stage).learning_rate=\(text(first.rate))")
    }

    private static func rows(
        _ suggestions: LearningRateSweep.Suggestions
    ) -> [(name: String, rate: Double, meaning: String)] {
        [
            ("valley", suggestions.valley, "well inside the longest descent: a good first choice"),
            ("steepest", suggestions.steepest, "where the loss falls fastest"),
            (
                "minimum/10", suggestions.tenthOfMinimum,
                "a tenth of where the loss is least: the boldest"
            ),
        ]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text.padding(toLength: max(width, text.count + 1), withPad: " ", startingAt: 0)
    }

    private static func text(_ rate: Double) -> String { String(format: "%.2g", rate) }
}
