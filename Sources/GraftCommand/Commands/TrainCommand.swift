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
            """,
        operands: [.init(name: "CONFIG", help: "The experiment, a YAML file.")],
        options: [
            .init(
                name: "set", value: "KEY=VALUE",
                help: "Change a setting: --set training.stages.0.epochs=3. May be given several times.",
                isRepeated: true, completion: .nothing),
            .init(
                name: "runs", value: "FOLDER",
                help: "Where the run's folder is made; experiments/runs if not given."),
            .init(
                name: "threads", value: "N", help: "How many cores to compute on; all if not given.",
                completion: .nothing),
            .init(name: "check", help: "Get everything ready, say what would be done, and stop."),
        ],
        examples: [
            ("train experiments/quickstart.yaml", "A first run, which takes about a minute"),
            (
                "train experiments/fer2013.yaml --set data.image_folder=~/fer2013 --set seed=7",
                "Your pictures, another seed"
            ),
        ])

    static func run(_ arguments: Arguments) throws {
        let threads = try arguments.integer("threads", atLeast: 1, command: specification.name)
        if let threads { ComputeThreads.set(threads) }
        let configuration = try ExperimentConfiguration.load(
            path: arguments.operands[0], overrides: arguments.all("set"))
        let experiment = try Experiment(configuration)
        var console = TrainConsole()
        guard !arguments.has("check") else { return console.describe(experiment, withStages: true) }
        let runs = URL(filePath: arguments.value("runs") ?? "experiments/runs", directoryHint: .isDirectory)
        Interruption.listen()
        let recorder = try RunRecorder(experiment, in: runs, commandLine: CommandLine.arguments)
        console.describe(experiment)
        console.announce(recorder.folder)
        defer { console.clear() }
        let summary = try recorder.run { event in
            console.show(event)
            try Interruption.check()
        }
        console.conclude(summary, folder: recorder.folder)
    }
}
