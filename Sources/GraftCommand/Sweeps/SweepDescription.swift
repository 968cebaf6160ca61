import Foundation
import Graft

/// Tells a person what a sweep is, as `graft sweep --check` does.
struct SweepDescription {
    private let sweep: SweepConfiguration
    private let style: TextStyle

    init(_ sweep: SweepConfiguration, style: TextStyle) {
        self.sweep = sweep
        self.style = style
    }

    /// What it is about, in a few lines.
    var lines: [String] {
        [
            "\(style.bold("sweep"))     \(sweep.name)",
            "method    \(methodText)",
            "metric    \(sweep.metrics.map(Self.text).joined(separator: ", "))",
            sweep.earlyTermination.map { "stopping  \(Self.text($0))" },
            "trials    \(sizeText)",
        ].compactMap(\.self)
    }

    /// The parameters, a row each.
    var space: TextTable {
        var table = TextTable([("PARAMETER", .left), ("VALUES", .left)])
        for parameter in sweep.space.parameters {
            let condition = parameter.conditionText(in: sweep.space)
            table.add([parameter.path, parameter.summary + (condition.map { "; \($0)" } ?? "")])
        }
        return table
    }

    /// Makes the first trial's experiment, as training it would: its data are read, its network is built.
    func checkFirstTrial() throws {
        guard let first = try sweep.sampler.assignment(0, in: sweep.space, after: []) else { return }
        try sweep.check(Experiment(sweep.experiment(with: first)).dataset)
    }

    /// The first trials that the sampler gives as long as it knows nothing, a row each.
    func samples(_ count: Int) throws -> TextTable {
        let shown = sweep.space.parameters.filter { $0.valueCount != 1 }
        var table = TextTable([("TRIAL", .right)] + shown.titles.map { ($0.uppercased(), .left) })
        for number in 0..<min(count, sweep.trialCount ?? count) {
            guard let trial = try sweep.sampler.assignment(number, in: sweep.space, after: []) else { break }
            table.add(["\(number + 1)"] + shown.map { trial[$0.path].map($0.shortText) ?? "-" })
        }
        return table
    }

    private var methodText: String {
        switch sweep.method {
        case .grid: "grid, every combination once"
        case .random: "random"
        case .sobol(let scrambled): "sobol, quasi-random" + (scrambled ? ", scrambled" : "")
        case .tpe(let settings):
            "tpe, after \(counted(settings.startupTrials, "random trial"))"
                + (settings.multivariate ? "" : ", each parameter for itself")
        case .gaussianProcess(let settings):
            "gp, after \(counted(settings.startupTrials, "quasi-random trial"))"
        }
    }

    private var sizeText: String {
        let size = sweep.space.trialCount.map { "\(grouped($0)) different ones" } ?? "endlessly many"
        guard let count = sweep.trialCount else { return "\(size); no run_cap, so until it is stopped" }
        return "\(grouped(count)) of \(size)"
    }

    private static func text(_ metric: Metric) -> String {
        let target = metric.target.map { target in
            ", until a trial has \(String(format: "%.6g", target)) or \(metric.goal == .maximize ? "more" : "less")"
        }
        return "\(metric.goal.rawValue) \(metric.name)" + (target ?? "")
    }

    private static func text(_ rule: EarlyTermination) -> String {
        switch rule {
        case .hyperband(let bands, let factor):
            let shown =
                bands.prefix(4).map { "\($0)" }.joined(separator: ", ") + (bands.count > 4 ? ", …" : "")
            return "hyperband: beyond epochs \(shown) only the best 1/\(decimals(factor, 1)) go on"
        case .median(let minEpochs, let minTrials):
            return "median: after \(counted(minEpochs, "epoch")) and \(counted(minTrials, "trial"))"
        case .asha(let minEpochs, let factor):
            return
                "asha: from \(counted(minEpochs, "epoch")) on, the best 1/\(decimals(factor, 1)) at each rung"
        }
    }
}
