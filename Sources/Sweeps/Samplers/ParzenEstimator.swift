import Foundation
import Tensors

/// A mixture of one kernel for each trial and one for the whole space (Bergstra et al., "Algorithms for
/// Hyper-Parameter Optimization", NIPS 2011), with Optuna's weights, and its widths but for
/// the least.
///
/// A kernel is a product over the parameters: a truncated normal in the parameter's coordinate, or a probability for
/// each value. Where a trial did not have a parameter, its kernel is as wide as the space there.
struct ParzenEstimator {
    private let space: SearchSpace
    private let weights: [Double]
    /// For each parameter the kernels, the last one that of the whole space.
    private let kernels: [[Kernel]]

    private enum Kernel {
        case normal(mean: Double, deviation: Double)
        case categorical([Double])
    }

    /// The mixture of trials, in the order in which they began.
    /// - Parameter weights: one for each trial; nil for Optuna's, which let old trials fade.
    init(_ trials: [Assignment], in space: SearchSpace, weights: [Double]? = nil) {
        self.space = space
        let all = (weights ?? Self.fadingWeights(trials.count)) + [1]
        let sum = all.reduce(0, +)
        self.weights = all.map { $0 / sum }
        kernels = space.parameters.map { parameter in
            let numbers = trials.map { $0[parameter.path] }
            switch parameter.domain {
            case .categorical(_, let prior): return Self.categorical(numbers, prior)
            case .numeric(let distribution):
                return Self.normal(numbers.map { $0.map(distribution.coordinate(of:)) })
            }
        }
    }

    private static func fadingWeights(_ count: Int) -> [Double] {
        guard count >= 25 else { return Array(repeating: 1, count: count) }
        let old = count - 25
        let ramp = (0..<old).map { index -> Double in
            let first = 1 / Double(count)
            return old == 1 ? first : first + (1 - first) * Double(index) / Double(old - 1)
        }
        return ramp + Array(repeating: 1, count: 25)
    }

    private static func categorical(_ numbers: [Double?], _ prior: [Double]) -> [Kernel] {
        let count = Double(numbers.count + 1)
        return numbers.map { number in
            guard let number, prior.indices.contains(Int(number)) else { return .categorical(prior) }
            // The prior is worth one trial, shared by all kernels.
            var weights = prior.map { $0 * Double(prior.count) / count }
            weights[Int(number)] += 1
            let sum = weights.reduce(0, +)
            return .categorical(weights.map { $0 / sum })
        } + [.categorical(prior)]
    }

    /// A kernel is as wide as the way to its farther neighbour, within limits.
    private static func normal(_ coordinates: [Double?]) -> [Kernel] {
        let sorted = coordinates.indices.compactMap { index in coordinates[index].map { (index, $0) } }
            .sorted { $0.1 < $1.1 }
        // Optuna has no exponent here (Watanabe's "magic clipping"), and then cannot tell what is close to a minimum
        // from the minimum.
        let least = 1 / min(100, pow(Double(2 + sorted.count), 1.25))
        var result = Array(repeating: Kernel.normal(mean: 0.5, deviation: 1), count: coordinates.count + 1)
        for (rank, (index, mean)) in sorted.enumerated() {
            let below = rank > 0 ? mean - sorted[rank - 1].1 : nil
            let above = rank < sorted.count - 1 ? sorted[rank + 1].1 - mean : nil
            // The ends of the space count as neighbours only where there are no others.
            let width = max(below ?? (above == nil ? mean : 0), above ?? (below == nil ? 1 - mean : 0))
            result[index] = .normal(mean: mean, deviation: min(max(width, least), 1))
        }
        return result
    }

    /// An assignment drawn from the mixture.
    /// - Parameter jointly: whether all parameters come from the same kernel.
    func sample(_ random: inout SeededRandom, jointly: Bool = true) -> Assignment {
        let shared = component(&random)
        return space.active(
            space.parameters.indices.map { index in
                let kernel = kernels[index][jointly ? shared : component(&random)]
                let share = random.unit()
                switch kernel {
                case .categorical(let weights): return Self.index(weights, at: share)
                case .normal(let mean, let deviation):
                    let ends = [-mean / deviation, (1 - mean) / deviation].map(NormalDistribution.cumulative)
                    let point = NormalDistribution.quantile(ends[0] + share * (ends[1] - ends[0]))
                    return space.parameters[index].number(at: mean + deviation * point)
                }
            })
    }

    /// The logarithm of the density at an assignment.
    func logDensity(_ assignment: Assignment) -> Double {
        Self.logSumExp(
            weights.indices.map { component in
                space.parameters.indices.reduce(log(weights[component])) { sum, index in
                    sum + logDensity(assignment, parameter: index, component)
                }
            })
    }

    /// The same for one parameter, whatever the others are.
    func logDensity(_ assignment: Assignment, parameter index: Int) -> Double {
        Self.logSumExp(
            weights.indices.map { log(weights[$0]) + logDensity(assignment, parameter: index, $0) })
    }

    private func logDensity(_ assignment: Assignment, parameter index: Int, _ component: Int) -> Double {
        let parameter = space.parameters[index]
        guard let number = assignment[parameter.path] else { return 0 }
        switch kernels[index][component] {
        case .categorical(let weights): return log(weights[Int(number)])
        case .normal(let mean, let deviation):
            guard case .numeric(let distribution) = parameter.domain else { return 0 }
            let (low, high) = (-mean / deviation, (1 - mean) / deviation)
            let mass = NormalDistribution.cumulative(high) - NormalDistribution.cumulative(low)
            guard distribution.step != nil else {
                let z = (distribution.coordinate(of: number) - mean) / deviation
                return -0.5 * z * z - log(deviation * (2 * .pi).squareRoot() * mass)
            }
            let interval = distribution.interval(of: number)
            let share =
                NormalDistribution.cumulative((interval.upperBound - mean) / deviation)
                - NormalDistribution.cumulative((interval.lowerBound - mean) / deviation)
            return log(max(share, 1e-300) / mass)
        }
    }

    private func component(_ random: inout SeededRandom) -> Int {
        Int(Self.index(weights, at: random.unit()))
    }

    private static func index(_ weights: [Double], at share: Double) -> Double {
        var rest = share
        for (index, weight) in weights.enumerated() {
            if rest < weight { return Double(index) }
            rest -= weight
        }
        return Double(weights.lastIndex { $0 > 0 } ?? 0)
    }

    private static func logSumExp(_ values: [Double]) -> Double {
        let greatest = values.max() ?? -.infinity
        guard greatest.isFinite else { return greatest }
        return greatest + log(values.reduce(0) { $0 + exp($1 - greatest) })
    }
}
