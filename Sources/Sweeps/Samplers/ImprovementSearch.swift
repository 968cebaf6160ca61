import Foundation
import Tensors

extension GaussianProcessSampler {
    /// Looks for the assignment whose expected improvement is the greatest: everywhere, then around the best.
    struct Search {
        let space: SearchSpace
        let features: SpaceFeatures
        let process: GaussianProcess
        /// The least value so far.
        let best: Double
        /// The assignments that are best so far.
        let incumbents: [Assignment]

        private typealias Candidate = (assignment: Assignment, score: Double)

        func run(_ count: Int, seed: UInt64, _ number: Int, _ random: inout SeededRandom) -> Assignment? {
            let sampler = RandomSampler(seed: random.next())
            let spread = (0..<count).map { sampler.draw($0, in: space) }
            let near = incumbents.flatMap { incumbent in
                (0..<20).map { _ in neighbour(of: incumbent, within: 0.1, &random) }
            }
            let candidates = (spread + near).map { ($0, score($0)) }.sorted { $0.1 > $1.1 }
            let peaks = candidates.prefix(5).map { improved($0, &random) }
            return peaks.max { $0.score < $1.score }?.assignment
        }

        /// Climbs by steps that become smaller when they no longer lead upwards.
        private func improved(_ start: Candidate, _ random: inout SeededRandom) -> Candidate {
            var (current, reach) = (start, 0.1)
            for _ in 0..<100 where reach > 1e-4 {
                let assignment = neighbour(of: current.assignment, within: reach, &random)
                let next = score(assignment)
                if next > current.score { current = (assignment, next) } else { reach *= 0.93 }
            }
            return current
        }

        private func neighbour(
            of assignment: Assignment, within reach: Double, _ random: inout SeededRandom
        ) -> Assignment {
            let chosen = random.index(below: max(space.parameters.count, 1))
            return space.active(
                space.parameters.enumerated().map { index, parameter in
                    guard let number = assignment[parameter.path] else {
                        return parameter.number(at: random.unit())
                    }
                    switch parameter.domain {
                    case .categorical:
                        // A choice is changed seldom: it is a long way.
                        return index == chosen && random.unit() < 0.3
                            ? parameter.number(at: random.unit()) : number
                    case .numeric(let distribution):
                        guard index == chosen || random.unit() < 0.5 else { return number }
                        let step = reach * Double(random.normal())
                        return distribution.number(at: distribution.coordinate(of: number) + step)
                    }
                })
        }

        /// The logarithm of the expected improvement, which still tells candidates apart where there is hardly any.
        private func score(_ assignment: Assignment) -> Double {
            let (mean, deviation) = process.prediction(at: features(assignment))
            let z = (best - mean) / deviation
            // For very small z by the asymptotic series: φ(z) / z².
            guard z > -10 else { return log(deviation) - 0.5 * z * z - log(z * z * (2 * .pi).squareRoot()) }
            let improvement = z * NormalDistribution.cumulative(z) + NormalDistribution.density(z)
            return log(max(deviation * improvement, 1e-300))
        }
    }
}
