/// When a trial that does worse than others ends before its last epoch.
///
/// Histories are the metric after each epoch, with the sign that makes less better.
public enum EarlyTermination: Sendable, Equatable {
    /// Weights & Biases' Hyperband (Li et al., "Hyperband", JMLR 18, 2018): when a trial has more epochs than a band,
    /// it must be among the best `1/eta` of all that came so far.
    case hyperband(bands: [Int], factor: Double = 3)
    /// Google Vizier's rule (Golovin et al., KDD 2017): a trial's best so far must not be worse than the median of
    /// the others' running averages at the same epoch.
    case median(minEpochs: Int, minTrials: Int)
    /// Asynchronous successive halving (Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys
    /// 2020): after `min_iter · eta^k` epochs a trial must be among the best `1/eta` that reached as many.
    case asha(minEpochs: Int, factor: Double)

    /// The bands that begin at an epoch.
    static func bands(from least: Int, factor: Double) -> [Int] {
        Array(sequence(first: Double(least)) { $0 * factor }.prefix { $0 < 1e9 }.map { Int($0) })
    }

    /// So many bands below the greatest epoch.
    static func bands(to greatest: Int, factor: Double, count: Int) -> [Int] {
        sequence(first: Double(greatest) / factor) { $0 / factor }.prefix(count).prefix { $0 >= 1 }
            .map { Int($0) }.reversed()
    }

    /// Whether a trial should end now.
    /// - Parameters:
    ///   - history: the trial's own.
    ///   - others: those of all other trials, over or not.
    public func stops(_ history: [Double], among others: [[Double]]) -> Bool {
        switch self {
        case .hyperband(let bands, let factor):
            return isBeyond(history, others, bands.last { $0 < history.count }) { Int(Double($0) / factor) }
        case .median(let minEpochs, let minTrials):
            let epoch = history.count
            let reached = others.filter { $0.count >= epoch && epoch > 0 }
            guard epoch > minEpochs, reached.count >= minTrials, let best = history.min() else {
                return false
            }
            let averages = reached.map { $0.prefix(epoch).reduce(0, +) / Double(epoch) }
            return best > median(averages) || best.isNaN
        case .asha(let minEpochs, let factor):
            guard Self.bands(from: minEpochs, factor: factor).contains(history.count) else { return false }
            return isBeyond(history, others, history.count - 1) { max(Int(Double($0) / factor), 1) - 1 }
        }
    }

    /// Whether the metric at an index is worse than the last that is good enough among all trials that have it.
    /// - Parameter rank: which that is, counted from 0, of so many.
    private func isBeyond(
        _ history: [Double], _ others: [[Double]], _ index: Int?, rank: (Int) -> Int
    ) -> Bool {
        guard let index, history.indices.contains(index) else { return false }
        // A loss that has run away is worse than any other.
        let all = (others + [history]).filter { $0.count > index }.map { $0[index] }
            .map { $0.isNaN ? .infinity : $0 }.sorted()
        let own = history[index].isNaN ? Double.infinity : history[index]
        return own > all[min(rank(all.count), all.count - 1)] || own == .infinity
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
