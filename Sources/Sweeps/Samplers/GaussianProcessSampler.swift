import Foundation
import Tensors

/// A Gaussian process that is asked where the greatest improvement is to be expected (Jones et al., "Efficient Global
/// Optimization of Expensive Black-Box Functions", J. Global Optim. 13, 1998).
///
/// Several metrics become one by weights that are drawn anew for each trial (Knowles, "ParEGO", IEEE Trans. Evol.
/// Comput. 10, 2006). Trials that are still running count as having come out as expected.
public struct GaussianProcessSampler: Sampler {
    /// How it searches.
    public struct Settings: Sendable, Equatable {
        /// How many trials are points of Sobol's sequence before.
        public var startupTrials: Int
        /// How many candidates are looked at, before the best of them are improved.
        public var candidates: Int

        /// Settings.
        public init(startupTrials: Int = 10, candidates: Int = 512) {
            self.startupTrials = startupTrials
            self.candidates = candidates
        }
    }

    /// How many trials the process looks at, at most; time grows with the third power.
    static let historyLimit = 400

    private let seed: UInt64
    private let settings: Settings

    /// A sampler.
    public init(seed: UInt64, _ settings: Settings = Settings()) {
        self.seed = seed
        self.settings = settings
    }

    /// Where the greatest improvement is to be expected.
    public func assignment(
        _ number: Int, in space: SearchSpace, after history: [Observation]
    ) throws -> Assignment? {
        let known = history.filter { isKnown($0) }
        let features = SpaceFeatures(space)
        guard known.count >= settings.startupTrials, !features.groups.isEmpty else {
            return try startup(number, in: space)
        }
        var random = SeededRandom(seed: seed, stream: number, 2)
        let values = Self.standardized(Self.costs(known, &random))
        // Where there are too many, the best and the latest tell the most.
        let chosen = Self.mostTelling(values)
        let points = chosen.map { features(known[$0].assignment) }
        guard
            let process = Self.process(
                points, chosen.map { values[$0] }, features,
                pending: history.filter { $0.outcome == .running }.map { features($0.assignment) })
        else { return RandomSampler(seed: seed).draw(number, in: space) }
        let best = chosen.min { values[$0] < values[$1] }
        return Search(
            space: space, features: features, process: process, best: best.map { values[$0] } ?? 0,
            incumbents: chosen.sorted { values[$0] < values[$1] }.prefix(3).map { known[$0].assignment }
        ).run(settings.candidates, seed: seed, number, &random)
    }

    private func startup(_ number: Int, in space: SearchSpace) throws -> Assignment? {
        space.parameters.count <= SobolDirections.dimensionLimit
            ? try SobolSampler(seed: seed).assignment(number, in: space)
            : RandomSampler(seed: seed).draw(number, in: space)
    }

    private func isKnown(_ observation: Observation) -> Bool {
        guard !observation.values.isEmpty, observation.values.allSatisfy(\.isFinite) else { return false }
        return observation.outcome != .running && observation.outcome != .failed
    }

    private static func costs(_ known: [Observation], _ random: inout SeededRandom) -> [Double] {
        let dimensions = known[0].values.count
        guard dimensions > 1 else { return known.map { $0.values[0] } }
        let draws = (0..<dimensions).map { _ in -log(1 - random.unit()) }
        let ranges = (0..<dimensions).map { dimension -> (low: Double, span: Double) in
            let values = known.map { $0.values[dimension] }
            let low = values.min() ?? 0
            return (low, max((values.max() ?? 0) - low, 1e-12))
        }
        return known.map { observation in
            let parts = (0..<dimensions).map {
                draws[$0] / draws.reduce(0, +) * (observation.values[$0] - ranges[$0].low) / ranges[$0].span
            }
            return (parts.max() ?? 0) + 0.05 * parts.reduce(0, +)
        }
    }

    /// Mean 0 and deviation 1, with those that are far worse than the others drawn in.
    private static func standardized(_ values: [Double]) -> [Double] {
        let sorted = values.sorted()
        let (middle, upper) = (sorted[sorted.count / 2], sorted[sorted.count * 3 / 4])
        let limit = middle + 5 * max(upper - middle, middle - sorted[0])
        let clipped = limit > middle ? values.map { min($0, limit) } : values
        let mean = clipped.reduce(0, +) / Double(values.count)
        let square = clipped.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return clipped.map { ($0 - mean) / max(square.squareRoot(), 1e-12) }
    }

    private static func mostTelling(_ values: [Double]) -> [Int] {
        guard values.count > historyLimit else { return Array(values.indices) }
        let best = values.indices.sorted { values[$0] < values[$1] }.prefix(historyLimit / 2)
        let latest = values.indices.reversed().filter { !best.contains($0) }.prefix(historyLimit - best.count)
        return (Array(best) + latest).sorted()
    }

    private static func process(
        _ points: [[Double]], _ values: [Double], _ features: SpaceFeatures, pending: [[Double]]
    ) -> GaussianProcess? {
        guard var process = GaussianProcess.fitted(points, values, groups: features.groups) else {
            return nil
        }
        var values = values
        for point in pending {
            let expected = process.prediction(at: point).mean
            guard let next = process.adding(point, expected, to: values) else { break }
            process = next
            values.append(expected)
        }
        return process
    }
}
