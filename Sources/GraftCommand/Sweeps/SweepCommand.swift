import Foundation
import Graft

/// `graft sweep`
enum SweepCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "sweep",
        abstract: "Try many settings of an experiment, and find the best.",
        discussion: """
            Reads a sweep from a YAML file, in the words of Weights & Biases: a method (grid, random, sobol,
            bayes, gp), a metric, what each parameter can be, and when to stop a trial early. Each trial is an
            ordinary run, in a folder of its own below experiments/runs/SWEEP-001, on worker processes.

            The same command goes on with a sweep that was stopped, by Ctrl-C, a crash or a power cut: no
            trial that has finished is repeated, and those that had begun go on from their checkpoints.
            Several of these commands, also on several machines with a shared folder, work on one sweep
            together.

            With 'executor: slurm' in the configuration the workers are tasks of a Slurm job array.

            At its end the sweep's folder has trials.csv and report.html, a page with drawings of the search.

            'graft sweep status SWEEP' shows the trials, 'best' the best settings, 'apply' writes the best
            trial's configuration for 'graft train', 'report' writes the report as it is now, 'retry' lets
            trials that failed be tried again, and 'stop' ends all workers after their next step. SWEEP is
            the sweep's folder.
            """,
        operands: [
            .init(
                name: "CONFIG", help: "The sweep, a YAML file; or status, best, apply, report, retry or stop."
            ),
            .init(name: "SWEEP", help: "After such a word: the sweep's folder.", isRequired: false),
            .init(
                name: "TRIAL", help: "After apply or retry: which trials; the best, or all that failed.",
                isRequired: false, isRepeated: true, completion: .nothing),
        ],
        options: [
            .init(
                name: "check",
                help:
                    "Print the space, its size and ten sample trials, ask the servers that it needs, make the "
                    + "first trial's data and network, and stop."
            ),
            .init(
                name: "workers", value: "N", help: "How many trials run side by side; 1 if not given.",
                completion: .nothing),
            .init(
                name: "threads-per-worker", value: "N",
                help: "How many cores each computes on; an equal share if not given.", completion: .nothing),
            .init(
                name: "runs", value: "FOLDER",
                help: "Where the sweep's folder is made; experiments/runs if not given."),
            .init(name: "new", help: "Begin anew, even where the same sweep was begun already."),
            .init(
                name: "give-up-after", value: "N",
                help: "How often a trial's process may die without finishing an epoch; 5 if not given.",
                completion: .nothing),
            .init(
                name: "lease", value: "SECONDS",
                help: "After what silence a worker on another machine counts as dead; 60 if not given.",
                completion: .nothing),
            .init(name: "to", value: "FILE", help: "After apply: the file to write; BEST.yaml if not given."),
        ],
        examples: [
            ("sweep experiments/quickstart-sweep.yaml --check", "What would be tried"),
            ("sweep experiments/quickstart-sweep.yaml --workers 2", "Try it, two trials side by side"),
            (
                "sweep apply experiments/runs/quickstart-sweep-001 --to best.yaml",
                "The best, for 'graft train'"
            ),
        ])

    /// The words that may stand in the configuration's place.
    private struct Action: Sendable {
        var run: @Sendable (SweepFolder, Arguments) throws -> Void
        /// How many trials may be named.
        var trials = 0
        var options: Set<String> = []
    }

    private static let actions: [String: Action] = [
        "status": Action(run: SweepActions.status), "best": Action(run: SweepActions.best),
        "apply": Action(run: SweepActions.apply, trials: 1, options: ["to"]),
        "report": Action(run: SweepActions.report), "retry": Action(run: SweepActions.retry, trials: .max),
        "stop": Action(run: SweepActions.stop),
        "worker": Action(
            run: SweepProcess.work, options: ["threads-per-worker", "give-up-after", "lease", "workers"]),
    ]

    static func run(_ arguments: Arguments) throws {
        let word = arguments.operands[0]
        if let action = actions[word] { return try run(action, word, arguments) }
        guard arguments.operands.count == 1 else {
            throw UsageError.badOperand(
                "CONFIG",
                expected:
                    "a sweep's file alone, or status, best, apply, report, retry or stop before a folder",
                found: word, command: specification.name)
        }
        if arguments.has("to") {
            throw UsageError.uselessOption("to", because: "it goes with apply", command: specification.name)
        }
        let sweep = try SweepConfiguration.load(path: arguments.operands[0])
        arguments.has("check") ? try describe(sweep, arguments.runs) : try SweepProcess.lead(sweep, arguments)
    }

    private static func run(_ action: Action, _ word: String, _ arguments: Arguments) throws {
        guard arguments.operands.count > 1 else {
            throw UsageError.missingOperand("SWEEP", command: specification.name)
        }
        let trials = arguments.operands.dropFirst(2)
        if trials.count > action.trials {
            throw UsageError.surplusOperand(
                trials[trials.startIndex + action.trials], command: specification.name)
        }
        for option in specification.options.map(\.name)
        where arguments.has(option) && !action.options.contains(option) {
            throw UsageError.uselessOption(
                option, because: "'\(word)' does not use it", command: specification.name)
        }
        try action.run(.open(arguments.operands[1]), arguments)
    }

    private static func describe(_ sweep: SweepConfiguration, _ runs: URL) throws {
        let output = Terminal.output
        let description = SweepDescription(sweep, style: output.style)
        for line in description.lines + ExecutorDescription(sweep, runs: runs).lines { output.print(line) }
        output.print("\n" + description.space.text(style: output.style))
        output.print("\n" + (try description.samples(10).text(style: output.style)))
        if let url = sweep.storage {
            let server = ServerAddress(url: url, schema: "public")
            try server.check()
            output.print("\n\(server) answers")
        }
        if case .slurm(let settings) = sweep.executor {
            try settings.check()
            output.print("\nSlurm would take the workers")
        }
        try description.checkFirstTrial()
        output.print("\nthe first trial can be trained: its data and its network are there")
    }
}
