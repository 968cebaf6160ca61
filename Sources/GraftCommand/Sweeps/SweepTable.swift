import Foundation
import Graft

/// Trials as rows of a table.
struct SweepTable {
    private let sweep: SweepConfiguration
    private let shown: [Parameter]
    private let titles: [String]

    init(_ sweep: SweepConfiguration) {
        self.sweep = sweep
        shown = sweep.space.parameters.filter { $0.valueCount != 1 }
        titles = shown.titles.map { $0.uppercased() }
    }

    /// The trials, a row each.
    func text(_ trials: [Trial], style: TextStyle) -> String {
        var table = TextTable(
            [("TRIAL", .right), ("STATE", .left)] + sweep.metrics.map { ($0.name.uppercased(), .right) }
                + [("EPOCHS", .right), ("TIME", .right)] + titles.map { ($0, .left) })
        for trial in trials {
            let facts = ["\(trial.number)", trial.state.rawValue] + sweep.metrics.map { metric(trial, $0) }
            table.add(facts + ["\(trial.epochs.count)", Self.time(trial)] + settings(trial))
        }
        return table.text(style: style)
    }

    /// What a trial sets, in a line.
    func line(_ trial: Trial) -> String {
        zip(titles, settings(trial)).filter { $1 != "-" }.map { "\($0.lowercased()) \($1)" }
            .joined(separator: "  ")
    }

    /// A trial's metrics, in a line.
    func metricLine(_ trial: Trial) -> String {
        sweep.metrics.map { "\($0.name) \(metric(trial, $0))" }.joined(separator: "  ")
    }

    private func settings(_ trial: Trial) -> [String] {
        shown.map { parameter in trial.assignment[parameter.path].map(parameter.shortText) ?? "-" }
    }

    private func metric(_ trial: Trial, _ metric: Metric) -> String {
        trial.value(of: metric).map { abs($0) < 100_000 ? decimals($0, 4) : String(format: "%.4g", $0) }
            ?? "-"
    }

    private static func time(_ trial: Trial) -> String {
        guard let began = trial.began else { return "-" }
        return ProgressBar.clock(.seconds(max((trial.ended ?? Date()).timeIntervalSince(began), 0)))
    }
}
