import Foundation
import Graft

/// `graft plan`
enum PlanCommand: Subcommand {
    static let specification = CommandSpecification(
        name: "plan",
        abstract: "Show what a configuration would train, how, and what that takes.",
        discussion: """
            Gets everything ready as 'graft train' does (files, weights, layers are checked), then shows, before
            any work: the layer groups; for each stage which of them are trained, at what learning rate, and
            what their batch normalizations do; and for each stage the memory and the time that it takes.

            Memory is that of the compiled steps, the arrays, the optimizer and the pictures that are prepared
            or kept; some tens of MiB for the program itself come on top. Times are estimates: a few steps are
            run on noise; decoding pictures is not in them, nor an early stop.
            """,
        operands: [.init(name: "CONFIG", help: "The experiment, a YAML file.")],
        options: [
            .set("Change a setting: --set training.stages.0.epochs=3. May be given several times."),
            .init(name: "no-timing", help: "Do not run any steps to estimate times."),
            .threads,
            .init(name: "json", help: "Print everything as JSON."),
            .init(
                name: "csv", help: "Print as CSV: a line for each stage, phase and layer group."),
        ],
        examples: [
            ("plan experiments/fer2013.yaml --set data.image_folder=~/fer2013", "What would be trained"),
            ("plan flowers.yaml --no-timing --csv > plan.csv", "For a spreadsheet, at once"),
        ])

    static func run(_ arguments: Arguments) throws {
        if arguments.has("json"), arguments.has("csv") {
            throw UsageError.uselessOption(
                "csv", because: "--json prints everything", command: specification.name)
        }
        try arguments.setThreads(command: specification.name)
        Interruption.listen()
        let experiment = try Experiment(arguments.configuration())
        let plan = try plan(experiment, isTimed: !arguments.has("no-timing"))
        let output = Terminal.output
        if arguments.has("json") { return output.print(try JSONText.pretty(plan)) }
        if arguments.has("csv") { return output.write(plan.table.text) }
        // A head that is worked out at once has no phases.
        TrainConsole().describe(experiment, withStages: plan.phases.isEmpty)
        let tables = PlanTables(plan, style: output.style)
        output.print("\n" + tables.groups)
        guard !plan.phases.isEmpty else { return }
        output.print("\n" + tables.phases)
        for line in tables.remarks { output.print(line) }
    }

    private static func plan(_ experiment: Experiment, isTimed: Bool) throws -> RunPlan {
        var bar: ProgressBar?
        defer { bar?.clear() }
        return try RunPlanner(experiment, isTimed: isTimed).plan { done, total in
            try Interruption.check()
            if bar == nil { bar = ProgressBar(isTimed ? "compiling, timing" : "compiling", total: total) }
            bar?.update(done)
        }
    }
}
