import Experiments
import Foundation
import TestSupport
import Testing

@testable import Sweeps

@Suite struct ParameterImportanceTests {
    /// Trials of a known function, with what Optuna says of its parameters.
    private struct Fixture: Decodable {
        var points: [[Double]]
        var values: [Double]
        var fanova: [Double]
    }

    private static let space = SweepSamples.space(
        SweepSamples.uniform(0, 1), SweepSamples.uniform(0, 1), SweepSamples.uniform(0, 1),
        SweepSamples.uniform(-4, 0), .numeric(.integers(1, 8)))

    private static func trials(_ points: [[Double]], _ values: [Double]) -> [(
        assignment: Assignment, value: Double
    )] {
        zip(points, values).map { point, value in
            (Dictionary(uniqueKeysWithValues: point.enumerated().map { ("x\($0)", $1) }), value)
        }
    }

    @Test(arguments: 0..<3)
    func `Importance is what Optuna's functional analysis of variance says`(_ study: Int) throws {
        let fixture = try JSONDecoder().decode(
            [Fixture].self, from: Data(contentsOf: Fixtures.url("sweeps/importance.json")))[study]
        let importance = try #require(
            ParameterImportance(Self.space, Self.trials(fixture.points, fixture.values)))
        for share in importance.shares {
            let index = try #require(Int(share.path.dropFirst()))
            #expect(abs(share.value - fixture.fanova[index]) < 0.03, "\(share) \(fixture.fanova[index])")
        }
        // Where two are as good as equal, chance orders them.
        let order = fixture.fanova.sorted(by: >)
        for (share, expected) in zip(importance.shares, order) {
            let index = try #require(Int(share.path.dropFirst()))
            #expect(abs(fixture.fanova[index] - expected) < 0.05, "\(share)")
        }
        #expect(abs(importance.shares.reduce(0) { $0 + $1.value } - 1) < 1e-12)
    }

    @Test func `Importance comes near what the function's own variance says, choices included`() throws {
        let space = SweepSamples.space(
            SweepSamples.uniform(0, 1), SweepSamples.uniform(0, 1), SweepSamples.choice(3))
        let trials = (0..<300).map { number -> (assignment: Assignment, value: Double) in
            let trial = RandomSampler(seed: 1).draw(number, in: space)
            let choice = [0, 0.5, 0.2][Int(trial["x2"] ?? 0)]
            return (trial, (trial["x0"] ?? 0) + 0.4 * (trial["x1"] ?? 0) + choice)
        }
        let shares = try #require(ParameterImportance(space, trials)).shares
        // The variances are 1/12, 0.16/12 and 0.0422.
        for (path, variance) in [("x0", 0.0833), ("x1", 0.0133), ("x2", 0.0422)] {
            let share = try #require(shares.first { $0.path == path })
            #expect(abs(share.value - variance / 0.1388) < 0.04, "\(share)")
        }
    }

    @Test func `A tree's variance falls apart into what each axis explains`() {
        // Four corners with the values 0, 1, 2, 3: the first axis explains 1, the second a quarter.
        let points = [[0.25, 0.25], [0.25, 0.75], [0.75, 0.25], [0.75, 0.75]]
        let axes = [ImportanceAxis.coordinate, .coordinate]
        let tree = RegressionTree([0, 1, 2, 3], points, [0, 1, 2, 3], axes: axes)
        #expect(tree.leaves.count == 4)
        let variance = FunctionalVariance(tree, axes: axes)
        #expect(variance.total == 1.25)
        #expect(variance.marginal(0) == 1)
        #expect(variance.marginal(1) == 0.25)
    }

    @Test func `Choices count by their shares of the space`() {
        let axes = [ImportanceAxis.choices([0.5, 0.25, 0.25])]
        let tree = RegressionTree([0, 1, 2], [[0], [1], [2]], [0, 4, 8], axes: axes)
        let variance = FunctionalVariance(tree, axes: axes)
        // The mean is 3.
        #expect(variance.total == 11)
        #expect(variance.marginal(0) == variance.total)
    }

    @Test func `Nothing is said of few trials, or of a metric that does not vary`() {
        let points = (0..<8).map { index -> [Double] in
            let x = Double(index) / 8
            return [x, 1 - x, x * x, -1, 1]
        }
        #expect(ParameterImportance(Self.space, Self.trials(Array(points.prefix(4)), [1, 2, 3, 4])) == nil)
        let flat = ParameterImportance(Self.space, Self.trials(points, Array(repeating: 0.5, count: 8)))
        #expect(flat?.shares.allSatisfy { $0.value == 0 } == true)
        let known = Self.trials(points, [.nan, .infinity, 1, 2, 3, 4, 5, 6])
        #expect(ParameterImportance(Self.space, known)?.shares.allSatisfy { $0.value.isFinite } == true)
    }
}
