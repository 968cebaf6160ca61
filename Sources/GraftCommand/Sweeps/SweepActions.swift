import Foundation
import Graft

/// What can be done with a sweep that was begun.
enum SweepActions {
    /// Shows the trials.
    static func status(_ folder: SweepFolder, _ arguments: Arguments) throws {
        let sweep = try folder.sweep()
        SweepConsole(sweep, folder: folder, workers: 1).summarize(try folder.store().trials())
    }

    /// Shows the best trial, or the front of those that nothing beats.
    static func best(_ folder: SweepFolder, _ arguments: Arguments) throws {
        let sweep = try folder.sweep()
        let progress = SweepProgress(sweep, try folder.store().trials())
        let chosen = sweep.metrics.count > 1 ? progress.front : progress.best.map { [$0] } ?? []
        guard !chosen.isEmpty else { throw SweepError.nothingFinished(path: folder.path) }
        let output = Terminal.output
        if sweep.metrics.count > 1 {
            return output.print(SweepTable(sweep).text(chosen, style: output.style))
        }
        for trial in chosen {
            output.print(
                "\(output.style.bold("trial \(trial.number)"))  \(SweepTable(sweep).metricLine(trial))")
            for parameter in sweep.space.parameters {
                guard let number = trial.assignment[parameter.path] else { continue }
                output.print("  \(parameter.path): \(parameter.text(number))")
            }
            output.print("run \(folder.run(trial).path())")
        }
    }

    /// Writes the table, the drawings and the page again.
    static func report(_ folder: SweepFolder, _ arguments: Arguments) throws {
        try folder.writeReport(try folder.sweep(), try folder.store().trials())
        Terminal.output.print(reportLine(folder))
    }

    /// Where the report is.
    static func reportLine(_ folder: SweepFolder) -> String {
        "report    \(RunFolder(url: folder.url).path("report.html"))"
    }

    /// Writes a trial's configuration.
    static func apply(_ folder: SweepFolder, _ arguments: Arguments) throws {
        let sweep = try folder.sweep()
        let trials = try folder.store().trials()
        let number = try numbers(arguments, trials).first
        let chosen = number.map { trials[$0 - 1] } ?? SweepProgress(sweep, trials).best
        guard let trial = chosen else { throw SweepError.nothingFinished(path: folder.path) }
        var experiment = try sweep.experiment(with: trial.assignment)
        experiment.name = "\(experiment.name)-\(trial.name)"
        let target = arguments.value("to") ?? "\(experiment.name).yaml"
        let url = URL(filePath: target)
        guard isReplaceable(url) else { throw SweepError.occupied(path: target) }
        try RunFolder(url: url.deletingLastPathComponent())
            .write(Data(try experiment.yaml().utf8), to: url.lastPathComponent)
        Terminal.output.print(
            "\(target)  trial \(trial.number), \(SweepTable(sweep).metricLine(trial))\n"
                + "train it with: graft train \(shellWord(target))")
    }

    /// Whether nothing is lost where a configuration is written: nothing is there, or what was written for a trial.
    private static func isReplaceable(_ file: URL) -> Bool {
        let path = file.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else { return true }
        return (try? ExperimentConfiguration.load(path: path))?.name.contains(/-trial-\d{4,}$/) ?? false
    }

    /// Lets trials be tried again.
    static func retry(_ folder: SweepFolder, _ arguments: Arguments) throws {
        let store = try folder.store()
        let trials = try store.trials()
        let asked = try numbers(arguments, trials)
        let failed = trials.filter { $0.state == .failed }.map(\.number)
        let waiting = try store.retry(asked.isEmpty ? failed : asked)
        for number in asked where !waiting.contains(number) {
            Terminal.error.print("trial \(number) has not failed; it is \(trials[number - 1].state.rawValue)")
        }
        Terminal.output.print(
            "\(counted(waiting.count, "trial")) will be tried again by the next 'graft sweep' of the same sweep"
        )
    }

    /// Ends all workers.
    static func stop(_ folder: SweepFolder, _ arguments: Arguments) throws {
        try folder.store().setStopped(true)
        if case .slurm(let settings) = try folder.sweep().executor {
            try SlurmJob(settings, [], folder: folder).cancelWaiting()
        }
        Terminal.output.print(
            "all workers stop after their next step; the same 'graft sweep' as before goes on")
    }

    private static func numbers(_ arguments: Arguments, _ trials: [Trial]) throws -> [Int] {
        try arguments.operands.dropFirst(2).map { word in
            guard let number = Int(word) else {
                throw UsageError.badOperand(
                    "TRIAL", expected: "a trial's number", found: word, command: "sweep")
            }
            guard trials.indices.contains(number - 1) else {
                throw SweepError.noTrial(number: number, count: trials.count)
            }
            return number
        }
    }
}
