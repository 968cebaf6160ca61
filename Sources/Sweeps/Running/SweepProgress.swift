import Foundation

/// How far a sweep has come.
public struct SweepProgress: Sendable {
    /// All trials.
    public let trials: [Trial]
    private let sweep: SweepConfiguration

    /// What a sweep's trials say.
    public init(_ sweep: SweepConfiguration, _ trials: [Trial]) {
        self.sweep = sweep
        self.trials = trials
    }

    /// Whether trials are compared by more than one metric.
    var hasSeveralMetrics: Bool { sweep.metrics.count > 1 }

    /// How many trials are in a state.
    public func count(_ state: Trial.State) -> Int { trials.count { $0.state == state } }

    /// How many trials are over.
    public var done: Int { trials.count(where: \.isOver) }

    /// A number that grows with everything that is achieved: epochs, and trials that came to an end of their own.
    public var achieved: Int {
        trials.reduce(0) { $0 + $1.epochs.count + ($1.state == .finished || $1.state == .stopped ? 1 : 0) }
    }

    /// The finished trial with the best metric; of several metrics, the first, and where that is equal the next, so that
    /// no other trial beats it in every one.
    public var best: Trial? {
        trials.filter { $0.state == .finished }
            .map { trial in (trial, sweep.metrics.map { cost(trial, $0) }) }
            .filter { $0.1.first?.isFinite ?? false }
            .min { $0.1.lexicographicallyPrecedes($1.1) }?.0
    }

    private func cost(_ trial: Trial, _ metric: Metric) -> Double {
        let cost = trial.value(of: metric).map(metric.cost) ?? .infinity
        return cost.isNaN ? .infinity : cost
    }

    /// The finished trials that no other beats in every metric, best first by the first.
    public var front: [Trial] {
        let known = trials.filter { $0.state == .finished }.filter { trial in
            sweep.metrics.allSatisfy { trial.value(of: $0)?.isFinite ?? false }
        }
        let values = known.map { trial in sweep.metrics.map { $0.cost(trial.value(of: $0) ?? .nan) } }
        return ParetoFront.indices(values).sorted { values[$0][0] < values[$1][0] }.map { known[$0] }
    }

    /// Whether a finished trial is good enough, so that no other begins; of several metrics, in each.
    public var hasReachedTarget: Bool {
        guard sweep.metrics.contains(where: { $0.target != nil }) else { return false }
        return trials.contains { trial in
            trial.state == .finished
                && sweep.metrics.filter { $0.target != nil }.allSatisfy { metric in
                    trial.value(of: metric).map(metric.isReached) ?? false
                }
        }
    }

    /// How long it will take until all trials are over; nil where that is not known yet, or there is no end.
    /// - Parameter workers: how many trials run side by side.
    public func timeLeft(workers: Int, now: Date = Date()) -> Duration? {
        let times = trials.filter(\.isOver).compactMap { trial in
            // Clocks are set back.
            trial.began.flatMap { began in trial.ended.map { max($0.timeIntervalSince(began), 0) } }
        }
        guard let total = sweep.trialCount, !times.isEmpty else { return nil }
        // A trial that was interrupted for a night says nothing about the others.
        let mean = times.sorted()[times.count / 2]
        let begun = trials.filter { $0.state == .running }.compactMap(\.began)
            .reduce(0) { $0 + min(max(now.timeIntervalSince($1), 0), mean) }
        let last = hasReachedTarget ? trials.count : total
        let rest = mean * Double(max(last - done, 0)) - begun
        // A worker may train several together.
        return .seconds(max(rest, 0) / Double(max(workers, count(.running), 1)))
    }
}
