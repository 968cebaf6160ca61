import Foundation
import Graft

/// `graft train`
enum TrainCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "train",
        abstract: "Fine-tune a network as a configuration says, and write the evidence.",
        discussion: """
            Reads an experiment from a YAML file, imports its pretrained weights, trains the stages one after
            the other, and judges the network by the test pictures. Everything is written to a new folder
            below experiments/runs: the configuration with every default, the log, metrics by epoch, the
            weights (which Keras loads), predictions, confusion matrix, ROC curves and learning curves.

            A run that was stopped, by Ctrl-C or otherwise, is resumed from its last checkpoint, and ends with
            the same weights and predictions as one that was not.
            """,
        operands: [
            .init(name: "CONFIG", help: "The experiment, a YAML file.", isRequired: false)
        ],
        options: [
            .set("Change a setting: --set training.stages.0.epochs=3. May be given several times."),
            .init(
                name: "runs", value: "FOLDER",
                help: "Where the run's folder is made; experiments/runs if not given."),
            .init(
                name: "resume", value: "RUN",
                help: "Instead of CONFIG: go on with a run that was stopped, experiments/runs/NAME-001."),
            .init(
                name: "checkpoint-every", value: "SECONDS",
                help: "How often a checkpoint is written within an epoch; 300 if not given. After an epoch, "
                    + "one always is.", completion: .nothing),
            .init(
                name: "checkpoint-steps", value: "N",
                help: "Write one after so many steps, too.", completion: .nothing),
            .threads,
            .init(
                name: "feature-cache", value: "FOLDER",
                help: "Where what frozen layers give is kept for later epochs and runs, whatever the "
                    + "configuration says; 'off' for nowhere."),
            .init(
                name: "all-folds",
                help: "Train a run for each of the folds that data.folds asks for, and sum up."),
            .init(name: "check", help: "Get everything ready, say what would be done, and stop."),
        ],
        examples: [
            ("train experiments/quickstart.yaml", "A first run, which takes about a minute"),
            (
                "train experiments/fer2013.yaml --set data.image_folder=~/fer2013 --set seed=7",
                "Your pictures, another seed"
            ),
            ("train --resume experiments/runs/fer2013-mobilenet-001", "Go on with a run that was stopped"),
        ])

    static func run(_ arguments: Arguments) throws {
        try arguments.setThreads(command: specification.name)
        if arguments.has("all-folds"), !arguments.has("resume") { return try AllFolds(arguments).run() }
        guard let recorder = try recorder(arguments) else { return }
        _ = try train(recorder, arguments)
    }

    /// Trains and shows how it goes.
    static func train(_ recorder: RunRecorder, _ arguments: Arguments) throws -> RunSummary {
        let interval = try arguments.integer("checkpoint-every", atLeast: 0, command: specification.name)
        let steps = try arguments.integer("checkpoint-steps", atLeast: 1, command: specification.name)
        var console = TrainConsole()
        console.describe(recorder.experiment)
        console.announce(recorder.folder)
        if let damage = recorder.damage { console.warn("\(damage); going on from the one before") }
        if let duplicates = recorder.duplicates, !duplicates.isEmpty {
            console.warn(
                "\(counted(duplicates.count, "pair")) of pictures in different splits are the same or nearly so; "
                    + "see duplicates.csv, and data.duplicates")
        }
        defer { console.clear() }
        do {
            let summary = try recorder.run(
                checkpointEvery: .seconds(interval ?? 300), steps: steps,
                reusing: features(arguments, recorder.experiment)
            ) { event in
                console.show(event)
                try Interruption.check()
            }
            console.conclude(summary, folder: recorder.folder)
            return summary
        } catch is CancellationError {
            throw ResumableInterruption(command: "graft train --resume \(shellWord(recorder.folder.path()))")
        }
    }

    private static func features(_ arguments: Arguments, _ experiment: Experiment) -> FeatureReuse {
        experiment.configuration.training.featureCache.overridden(arguments.value("feature-cache")).reuse
    }

    /// What is to be run and recorded; nil where nothing is left to do.
    private static func recorder(_ arguments: Arguments) throws -> RunRecorder? {
        if let run = arguments.value("resume") { return try resumed(run, arguments) }
        guard let path = arguments.operands.first else {
            throw UsageError.missingOperand("CONFIG", command: specification.name)
        }
        let experiment = try Experiment(arguments.configuration(at: path))
        if arguments.has("check") {
            TrainConsole().describe(experiment, withStages: true)
            return nil
        }
        Interruption.listen()
        return try RunRecorder(experiment, in: arguments.runs, commandLine: CommandLine.arguments)
    }

    private static func resumed(_ run: String, _ arguments: Arguments) throws -> RunRecorder? {
        if let word = arguments.operands.first {
            throw UsageError.surplusOperand(word, command: specification.name)
        }
        for option in ["set", "runs", "check", "all-folds"] where arguments.has(option) {
            throw UsageError.uselessOption(
                option, because: "a run is resumed as it was begun", command: specification.name)
        }
        let folder = try RunFolder.openUnfinished(run)
        Interruption.listen()
        if let recorder = try RunRecorder(resuming: folder, commandLine: CommandLine.arguments) {
            return recorder
        }
        Terminal.output.print("\(folder.path()) is finished; there is nothing left to do")
        return nil
    }
}
