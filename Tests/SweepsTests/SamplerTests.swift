import Experiments
import Foundation
import TestSupport
import Testing

@testable import Sweeps

@Suite struct SamplerTests {
    private struct Quantiles: Decodable {
        var shares: [Double]
        var quantiles: [Double]
    }

    @Test func `Quantiles of the normal distribution are SciPy's`() throws {
        let expected = try JSONDecoder().decode(
            Quantiles.self, from: Data(contentsOf: Fixtures.url("sweeps/normal.json")))
        for (share, quantile) in zip(expected.shares, expected.quantiles) {
            #expect(abs(NormalDistribution.quantile(share) - quantile) < 1e-9 * max(1, abs(quantile)))
        }
    }

    @Test func `Sobol's points are SciPy's`() throws {
        let expected = try JSONDecoder().decode(
            [[Double]].self, from: Data(contentsOf: Fixtures.url("sweeps/sobol.json")))
        let sampler = SobolSampler(seed: 0, scrambled: false)
        for (number, row) in expected.enumerated() {
            let point = try sampler.point(number, dimensions: 64)
            #expect([0, 1, 2, 3, 7, 20, 40, 63].map { point[$0] } == row)
        }
        #expect(throws: SweepError.tooManyParameters(method: "sobol", limit: 64, found: 65)) {
            try sampler.point(0, dimensions: 65)
        }
    }

    @Test func `Scrambled points fill every part of every dimension equally`() throws {
        let sampler = SobolSampler(seed: 5)
        let points = try (0..<64).map { try sampler.point($0, dimensions: 5) }
        for dimension in 0..<5 {
            let cells = Set(points.map { Int($0[dimension] * 64) })
            #expect(cells.count == 64)
            #expect(points.allSatisfy { $0[dimension] > 0 && $0[dimension] < 1 })
        }
        #expect(try SobolSampler(seed: 6).point(3, dimensions: 5) != points[3])
    }

    @Test func `A grid has every combination once, the last parameter first`() throws {
        let space = SweepSamples.space(SweepSamples.choice(2), .numeric(.integers(5, 7)))
        let trials = try (0..<6).compactMap { try GridSampler().assignment($0, in: space) }
        #expect(trials.map { $0["x0"] } == [0, 0, 0, 1, 1, 1])
        #expect(trials.map { $0["x1"] } == [5, 6, 7, 5, 6, 7])
        #expect(space.trialCount == 6)
        #expect(try GridSampler().assignment(6, in: space) == nil)
        #expect(throws: SweepError.notCountable(path: "x0")) {
            try GridSampler().assignment(0, in: SweepSamples.space(SweepSamples.uniform(0, 1)))
        }
    }

    @Test func `Random trials follow the probabilities, and a seed repeats them`() {
        let space = SweepSamples.space(
            .categorical([.plain(0), .plain(1), .plain(2)], probabilities: [0.5, 0, 0.5]),
            SweepSamples.uniform(-1, 1))
        let trials = (0..<1000).map { RandomSampler(seed: 4).draw($0, in: space) }
        #expect(trials == (0..<1000).map { RandomSampler(seed: 4).draw($0, in: space) })
        #expect(abs(trials.count { $0["x0"] == 0 } - 500) < 60)
        #expect(!trials.contains { $0["x0"] == 1 })
        #expect(abs(trials.compactMap { $0["x1"] }.reduce(0, +) / 1000) < 0.06)
    }

    /// The sum of squares from a point, and 1 for the wrong choice.
    private static func bowl(_ assignment: Assignment) -> Double {
        let x = (assignment["x0"] ?? 0) - 0.3
        let y = (assignment["x1"] ?? 0) - 7
        return x * x + y * y / 100 + (assignment["x2"] == 2 ? 0 : 1)
    }

    private func best(of sampler: any Sampler, trials: Int) throws -> Double {
        let space = SweepSamples.space(
            SweepSamples.uniform(-2, 2), .numeric(.integers(0, 20)), SweepSamples.choice(4))
        var history: [Observation] = []
        for number in 0..<trials {
            let assignment = try #require(try sampler.assignment(number, in: space, after: history))
            history.append(Observation(assignment, values: [Self.bowl(assignment)]))
        }
        return history.map { $0.values[0] }.min() ?? .infinity
    }

    @Test func `Estimators and processes find a minimum that chance does not`() throws {
        let chance = try best(of: RandomSampler(seed: 1), trials: 40)
        let tree = try best(of: TPESampler(seed: 1), trials: 40)
        let separate = try best(of: TPESampler(seed: 1, .init(multivariate: false)), trials: 40)
        let process = try best(of: GaussianProcessSampler(seed: 1), trials: 25)
        #expect(tree < chance && tree < 0.05, "\(tree), \(chance)")
        #expect(separate < 0.05, "\(separate)")
        #expect(process < 0.001, "\(process)")
    }

    @Test func `Trials that run are kept away from`() throws {
        let space = SweepSamples.space(SweepSamples.uniform(0, 1))
        let over = (0..<12).map { number in
            let x = Double(number) / 11
            return Observation(["x0": x], values: [sin(30 * x)])
        }
        let sampler = GaussianProcessSampler(seed: 2)
        let first = try #require(try sampler.assignment(12, in: space, after: over)?["x0"])
        let running = Observation(["x0": first], values: [], outcome: .running)
        let second = try #require(try sampler.assignment(13, in: space, after: over + [running])?["x0"])
        #expect(abs(first - second) > 1e-3)
    }

    @Test func `The good trials are the best tenth, finished before stopped`() {
        let finished = (0..<9).map { Observation(["x0": Double($0)], values: [Double(9 - $0)]) }
        let stopped = Observation(["x0": 100], values: [-5], outcome: .stopped(epochs: 3))
        let failed = Observation(["x0": 7], values: [], outcome: .running)
        let (good, others) = TPESampler.split(finished + [stopped, failed])
        #expect(good.map { $0.assignment["x0"] } == [8])
        #expect(others.count == 10)
    }

    @Test func `A good trial counts by how much better it is than the best of the others`() {
        func trials(_ values: [Double]) -> [Observation] { values.map { Observation([:], values: [$0]) } }
        #expect(TPESampler.improvements(of: trials([1, 3]), over: trials([9, 5])) == [4.0 / 3, 2.0 / 3])
        // What was stopped early says nothing about how good a whole trial is.
        let stopped = Observation([:], values: [2], outcome: .stopped(epochs: 1))
        #expect(
            TPESampler.improvements(of: trials([1, 3]), over: trials([5]) + [stopped]) == [4.0 / 3, 2.0 / 3])
        #expect(TPESampler.improvements(of: trials([1]) + [stopped], over: trials([5])) == nil)
        #expect(TPESampler.improvements(of: trials([5, 5]), over: trials([5])) == nil)
        let pairs = [Observation([:], values: [1, 2])]
        #expect(TPESampler.improvements(of: pairs, over: pairs) == nil)
    }

    @Test func `A Pareto front has what nothing else beats in every respect`() {
        let values: [[Double]] = [[1, 4], [2, 2], [4, 1], [3, 3], [2, 2]]
        #expect(ParetoFront.indices(values) == [0, 1, 2, 4])
        #expect(!ParetoFront.dominates([2, 2], [2, 2]))
        let ranked = ParetoFront.ranked(values.map { Observation([:], values: $0) })
        #expect(ranked.last == 3)
    }
}
