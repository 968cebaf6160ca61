import Experiments

/// Which trials of a sweep keep `model.weights.h5`; everything else is kept of all.
public enum KeptWeights: String, Sendable, CaseIterable {
    /// All that finish.
    case all
    /// The best so far; of several metrics, those that no other beats in every one.
    case best
    /// None.
    case none
}

extension SweepConfiguration {
    /// Whether the weights of a trial are worth their room.
    /// - Parameters:
    ///   - number: the trial's.
    ///   - results: the metrics that it has at its end.
    ///   - trials: all, in the order of their numbers.
    func keepsWeights(of number: Int, with results: [String: Double], among trials: [Trial]) -> Bool {
        guard keptWeights == .best else { return keptWeights == .all }
        var trials = trials
        guard let index = trials.firstIndex(where: { $0.number == number }) else { return false }
        (trials[index].state, trials[index].results) = (.finished, results)
        return SweepProgress(self, trials).winners.contains { $0.number == number }
    }
}

extension SweepProgress {
    /// The best trial; of several metrics, the front.
    var winners: [Trial] { hasSeveralMetrics ? front : best.map { [$0] } ?? [] }
}

extension SweepFolder {
    /// Removes the weights of trials that others have surpassed, where only the best's are kept.
    public func removeSurpassedWeights(_ sweep: SweepConfiguration, _ trials: [Trial]) {
        guard sweep.keptWeights == .best else { return }
        let winners = Set(SweepProgress(sweep, trials).winners.map(\.number))
        for trial in trials where trial.state == .finished && !winners.contains(trial.number) {
            run(trial).removeWeights()
        }
    }
}
