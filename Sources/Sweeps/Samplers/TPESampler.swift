import Foundation
import Tensors

/// The tree-structured Parzen estimator: draws candidates from what the good trials look like, and takes the one that
/// is likeliest to be one of them rather than one of the others.
///
/// Bergstra et al., "Algorithms for Hyper-Parameter Optimization", NIPS 2011. The details are Optuna's but for two,
/// which find better minima (Watanabe, "Tree-Structured Parzen Estimator: Understanding Its Algorithm Components",
/// arXiv:2304.11127): good trials count by how good they are, and their kernels may become narrower. Several metrics
/// are ranked by Pareto fronts, and within a front by crowding distance, as in NSGA-II.
public struct TPESampler: Sampler {
    /// How it searches.
    public struct Settings: Sendable, Equatable {
        /// How many trials are drawn at random before.
        public var startupTrials: Int
        /// How many candidates are drawn for a trial.
        public var candidates: Int
        /// Whether candidates are drawn and judged for all parameters together.
        public var multivariate: Bool

        /// Settings.
        public init(startupTrials: Int = 10, candidates: Int = 24, multivariate: Bool = true) {
            self.startupTrials = startupTrials
            self.candidates = candidates
            self.multivariate = multivariate
        }
    }

    private let seed: UInt64
    private let settings: Settings

    /// A sampler.
    public init(seed: UInt64, _ settings: Settings = Settings()) {
        self.seed = seed
        self.settings = settings
    }

    /// Drawn from what is known of the trials before.
    public func assignment(
        _ number: Int, in space: SearchSpace, after history: [Observation]
    ) -> Assignment? {
        let usable = history.filter { $0.outcome != .failed }
        guard usable.count >= settings.startupTrials else {
            return RandomSampler(seed: seed).draw(number, in: space)
        }
        let (good, others) = Self.split(usable)
        var random = SeededRandom(seed: seed, stream: number, 1)
        let estimators = (
            good: ParzenEstimator(
                good.map(\.assignment), in: space, weights: Self.improvements(of: good, over: others)),
            others: ParzenEstimator(others.map(\.assignment), in: space)
        )
        return settings.multivariate
            ? jointly(estimators, &random) : separately(estimators, space, &random)
    }

    private typealias Estimators = (good: ParzenEstimator, others: ParzenEstimator)

    private func jointly(_ estimators: Estimators, _ random: inout SeededRandom) -> Assignment? {
        let candidates = (0..<settings.candidates).map { _ in estimators.good.sample(&random) }
        let scores = candidates.map { estimators.good.logDensity($0) - estimators.others.logDensity($0) }
        return scores.indices.max { scores[$0] < scores[$1] }.map { candidates[$0] }
    }

    private func separately(
        _ estimators: Estimators, _ space: SearchSpace, _ random: inout SeededRandom
    ) -> Assignment? {
        let candidates = (0..<settings.candidates).map { _ in estimators.good.sample(&random, jointly: false)
        }
        let numbers = space.parameters.indices.map { index -> Double in
            let path = space.parameters[index].path
            func score(_ candidate: Assignment) -> Double {
                estimators.good.logDensity(candidate, parameter: index)
                    - estimators.others.logDensity(candidate, parameter: index)
            }
            let best = candidates.filter { $0[path] != nil }.map { ($0, score($0)) }.max { $0.1 < $1.1 }
            return best?.0[path] ?? space.parameters[index].number(at: random.unit())
        }
        return space.active(numbers)
    }

    /// How much better each good trial is than the best of the others, as a share of the mean; nil, for weights that do
    /// not depend on it, where there are several metrics or no differences.
    static func improvements(of good: [Observation], over others: [Observation]) -> [Double]? {
        func single(_ observation: Observation) -> Bool {
            observation.outcome == .finished && observation.isComparable && observation.values.count == 1
        }
        let rest = others.filter(single).map { $0.values[0] }
        guard let bar = rest.min(), good.allSatisfy(single) else { return nil }
        let gains = good.map { max(bar - $0.values[0], 0) }
        let mean = gains.reduce(0, +) / Double(gains.count)
        return mean.isNormal ? gains.map { $0 / mean } : nil
    }

    /// The best tenth, and the others, each in the order in which they began. A trial that is not over counts as one
    /// of the others, so that workers side by side do not all try the same.
    static func split(_ history: [Observation]) -> (good: [Observation], others: [Observation]) {
        let over = history.indices.filter { history[$0].outcome != .running }
        let count = min(Int((0.1 * Double(over.count)).rounded(.up)), 25)
        let ranked = ParetoFront.ranked(over.map { history[$0] }).map { over[$0] }
        let good = Set(ranked.prefix(count))
        return (
            history.indices.filter(good.contains).map { history[$0] },
            history.indices.filter { !good.contains($0) }.map { history[$0] }
        )
    }
}
