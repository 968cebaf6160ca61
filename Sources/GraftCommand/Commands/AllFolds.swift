import Foundation
import Graft

/// `graft train --all-folds`: a run for each fold, and a table of what they came to.
struct AllFolds {
    private let configuration: ExperimentConfiguration
    private let arguments: Arguments

    init(_ arguments: Arguments) throws {
        let command = TrainCommand.specification.name
        guard let path = arguments.operands.first else {
            throw UsageError.missingOperand("CONFIG", command: command)
        }
        guard !arguments.has("check") else {
            throw UsageError.uselessOption(
                "check", because: "each fold is trained; check one of them", command: command)
        }
        configuration = try arguments.configuration(at: path)
        self.arguments = arguments
        guard configuration.data.folds != nil else {
            throw UsageError.uselessOption(
                "all-folds", because: "the configuration has no data.folds", command: command)
        }
    }

    /// Trains all folds; those that are done stay when a later one fails.
    func run() throws {
        Interruption.listen()
        var results: [(run: String, results: RunSummary.Results)] = []
        for fold in 0..<(configuration.data.folds ?? 0) {
            var configuration = configuration
            configuration.data.fold = fold
            configuration.name += "-fold\(fold)"
            let recorder = try RunRecorder(
                Experiment(configuration), in: arguments.runs, commandLine: CommandLine.arguments)
            let summary = try TrainCommand.train(recorder, arguments)
            results.append((recorder.folder.path(), summary.fineTuned))
        }
        let folder = try RunFolder.create(named: "\(configuration.name)-folds", in: arguments.runs)
        let table = FoldTable(results)
        let writer = EvidenceWriter(folder: folder.url)
        try writer.write(table.csv, named: "folds.csv")
        try writer.write(.foldSpreadPlot(table.shares), named: "folds.svg")
        Terminal.output.print("\n" + table.text(style: Terminal.output.style))
        Terminal.output.print("\ntable in \(Terminal.output.style.cyan(folder.path("folds.csv")))")
    }
}
