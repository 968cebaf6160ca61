import Experiments
import Foundation
import Reports
import Sweeps

extension SweepHistory {
    /// A sweep's trials, as reports show them.
    public init(_ sweep: SweepConfiguration, _ trials: [Sweeps.Trial]) {
        let varied = sweep.space.parameters.filter { $0.valueCount != 1 }
        self.init(
            name: sweep.name,
            parameters: zip(varied, varied.titles).map { parameter, title in
                Parameter(
                    name: parameter.path, title: title, isLogarithmic: parameter.isLogarithmic,
                    choices: parameter.choices)
            },
            metrics: sweep.metrics.map { Metric(name: $0.name, isMaximized: $0.goal == .maximize) },
            trials: trials.map { trial in
                Trial(
                    number: trial.number, state: trial.state.rawValue,
                    settings: varied.map { trial.assignment[$0.path] },
                    values: sweep.metrics.map { trial.value(of: $0) },
                    curve: trial.epochs.map { epoch in sweep.metrics.first.flatMap { epoch[$0.name] } },
                    seconds: trial.began.flatMap { began in trial.ended?.timeIntervalSince(began) },
                    error: trial.error)
            })
    }
}

extension SweepReport {
    /// The report of a sweep's trials.
    public init(_ sweep: SweepConfiguration, _ trials: [Sweeps.Trial]) {
        let known = trials.compactMap { trial in
            sweep.metrics.first.flatMap { trial.state == .finished ? trial.value(of: $0) : nil }
                .map { (trial.assignment, $0) }
        }
        let shares = ParameterImportance(sweep.space, known)?.shares ?? []
        self.init(
            SweepHistory(sweep, trials),
            importance: shares.map { Importance(name: $0.path, value: $0.value, deviation: $0.deviation) })
    }
}
