import Tensors

/// How much each parameter matters for a metric: the share of its variation over the whole space that the parameter
/// explains alone, by a random forest (functional analysis of variance; Hutter et al., ICML 2014). Optuna's evaluator
/// of this name does the same for plain numbers; here a logarithmic one is averaged over as it is drawn, and a choice is
/// one parameter and not several.
public struct ParameterImportance: Sendable, Equatable {
    /// A parameter's share.
    public struct Share: Sendable, Equatable {
        /// The parameter.
        public var path: String
        /// Its share of what all parameters explain alone, from 0 to 1.
        public var value: Double
        /// How far the trees of the forest are apart about it: the standard deviation, in the same unit.
        public var deviation: Double
    }

    /// The shares, the greatest first; their sum is 1, or 0 where the metric does not vary.
    public let shares: [Share]

    /// How many trials it takes to say anything.
    public static let leastTrials = 5
    private static let treeCount = 64

    /// The importance of a space's parameters; nil where there are too few trials to tell, or nothing varies.
    /// - Parameters:
    ///   - trials: assignments with what came out; those that came to no number are left out.
    ///   - seed: what the trees' samples are drawn from.
    public init?(_ space: SearchSpace, _ trials: [(assignment: Assignment, value: Double)], seed: UInt64 = 0)
    {
        let varied = space.parameters.filter { $0.valueCount != 1 }
        let known = trials.filter(\.value.isFinite)
        guard known.count >= Self.leastTrials, !varied.isEmpty else { return nil }
        let axes = varied.map(\.importanceAxis)
        let points = known.map { trial in varied.map { $0.place(trial.assignment[$0.path]) } }
        let values = known.map(\.value)
        let parts = (0..<Self.treeCount).compactMap { number -> [Double]? in
            var random = SeededRandom(seed: seed, stream: number)
            let sample = values.indices.map { _ in random.index(below: values.count) }
            let variance = FunctionalVariance(RegressionTree(sample, points, values, axes: axes), axes: axes)
            let total = variance.total
            return total > 0 ? axes.indices.map { variance.marginal($0) / total } : nil
        }
        shares = Self.shares(varied.map(\.path), parts)
    }

    private static func shares(_ paths: [String], _ parts: [[Double]]) -> [Share] {
        let count = Double(max(parts.count, 1))
        let means = paths.indices.map { index in parts.reduce(0) { $0 + $1[index] } / count }
        let sum = means.reduce(0, +)
        let scale = sum > 0 ? 1 / sum : 0
        return paths.indices.map { index in
            let square = parts.reduce(0) { $0 + ($1[index] - means[index]) * ($1[index] - means[index]) }
            return Share(
                path: paths[index], value: means[index] * scale,
                deviation: (square / count).squareRoot() * scale)
        }.sorted { ($1.value, $0.path) < ($0.value, $1.path) }
    }
}

extension Parameter {
    fileprivate var importanceAxis: ImportanceAxis {
        if case .categorical(_, let probabilities) = domain { .choices(probabilities) } else { .coordinate }
    }

    /// Where a number lies on the axis. A number that is not there is in the middle, a choice the first.
    fileprivate func place(_ number: Double?) -> Double {
        switch domain {
        case .numeric(let distribution): number.map(distribution.coordinate(of:)) ?? 0.5
        case .categorical: number ?? 0
        }
    }
}
