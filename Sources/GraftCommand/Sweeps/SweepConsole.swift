import Foundation
import Graft

/// Shows a person how a sweep goes: a table that changes on a terminal, a line for each thing that happens elsewhere.
struct SweepConsole {
    private let sweep: SweepConfiguration
    private let folder: SweepFolder
    private let workers: Int
    private let table: SweepTable
    private let output = Terminal.output
    private var lineCount = 0
    private var known: [Int: Trial.State] = [:]
    private var note: String?

    init(_ sweep: SweepConfiguration, folder: SweepFolder, workers: Int) {
        self.sweep = sweep
        self.folder = folder
        self.workers = workers
        table = SweepTable(sweep)
    }

    /// What is about to be done, or gone on with.
    /// - Parameters:
    ///   - wasThere: whether the sweep was begun before.
    ///   - isNew: whether it was asked for anew.
    mutating func begin(wasThere: Bool, isNew: Bool, trials: [Trial]) {
        for line in SweepDescription(sweep, style: output.style).lines { output.print(line) }
        for line in ExecutorDescription(sweep, runs: folder.url).lines { output.print(line) }
        output.print("folder    \(folder.path)")
        if wasThere {
            let progress = SweepProgress(sweep, trials)
            output.print("resumed   \(counted(progress.done, "trial")) done already")
        } else if !isNew, let other = folder.predecessor(named: sweep.name) {
            output.print("new       the settings are not those of \(other.path)")
        }
        output.print()
        for trial in trials where trial.isOver { known[trial.number] = trial.state }
    }

    /// Shows how it is now.
    /// - Parameter note: how the workers are.
    mutating func show(_ trials: [Trial], workers note: String? = nil) {
        if !output.isInteractive, let note, note != self.note { output.print(note) }
        self.note = note
        if output.isInteractive { redraw(trials) } else { tell(trials) }
    }

    private mutating func redraw(_ trials: [Trial]) {
        let progress = SweepProgress(sweep, trials)
        let best = progress.best
        let latest = trials.filter { $0.isOver && $0.number != best?.number }.suffix(8).reversed()
        // Above the top of the screen nothing can be drawn again.
        let chosen = ((best.map { [$0] } ?? []) + trials.filter { !$0.isOver } + latest)
            .prefix(max(output.height - 5, 3))
        let width = output.width
        let rows = table.text(
            chosen.sorted { $0.number < $1.number }, style: TextStyle(isColoured: false)
        ).split(separator: "\n").map(String.init)
        let lines = (rows + ["", summary(progress)] + [note].compactMap(\.self)).map {
            String($0.prefix(width - 1))
        }
        clear()
        output.write(lines.joined(separator: "\n") + "\n")
        lineCount = lines.count
    }

    private mutating func clear() {
        if lineCount > 0 { output.write("\u{1B}[\(lineCount)A\u{1B}[J") }
        lineCount = 0
    }

    private func summary(_ progress: SweepProgress) -> String {
        let total = sweep.trialCount.map { "/\($0)" } ?? ""
        let counts = Trial.State.allCases.filter { progress.count($0) > 0 }
            .map { "\(progress.count($0)) \($0.rawValue)" }
        let best = progress.best.map { ["best \(table.metricLine($0)) (trial \($0.number))"] } ?? []
        let isGoing = progress.count(.running) > 0
        let left =
            isGoing ? progress.timeLeft(workers: workers).map { ["ETA \(ProgressBar.clock($0))"] } ?? [] : []
        let end = progress.hasReachedTarget ? ["the target is reached"] : []
        return (["\(progress.done)\(total) trials"] + counts + best + end + left).joined(separator: "  ")
    }

    private mutating func tell(_ trials: [Trial]) {
        for trial in trials where known[trial.number] != trial.state {
            let before = known.updateValue(trial.state, forKey: trial.number)
            switch trial.state {
            case .waiting: break
            case .running:
                output.print(
                    "trial \(trial.number) \(before == nil ? "begins" : "goes on")  \(table.line(trial))")
            case .finished: output.print("trial \(trial.number) finished  \(table.metricLine(trial))")
            case .stopped:
                output.print(
                    "trial \(trial.number) stopped after \(counted(trial.epochs.count, "epoch"))  "
                        + table.metricLine(trial))
            case .failed: output.print("trial \(trial.number) failed: \(trial.error ?? "")")
            }
            if trial.isOver { output.print("  " + summary(SweepProgress(sweep, trials))) }
        }
    }

    /// What came out.
    mutating func conclude(_ trials: [Trial]) {
        show(trials)
        clear()
        summarize(trials)
    }

    /// All trials, and what can be done with them.
    func summarize(_ trials: [Trial]) {
        let progress = SweepProgress(sweep, trials)
        output.print("\n" + style.bold("trials"))
        output.print(table.text(trials, style: style))
        for trial in trials where trial.state == .failed {
            output.print(style.red("trial \(trial.number):") + " \(trial.error ?? "failed")")
        }
        output.print("\n" + summary(progress))
        if progress.count(.failed) > 0 {
            output.print("try failed trials again with: graft sweep retry \(word)")
        }
        if progress.best != nil { output.print("train the best again with: graft sweep apply \(word)") }
    }

    private var style: TextStyle { output.style }
    private var word: String { shellWord(folder.path) }
}
