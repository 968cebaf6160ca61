import Foundation
import TestSupport
import Testing

@testable import Sweeps

@Suite struct GaussianProcessTests {
    private struct Expected: Decodable {
        var points: [[Double]]
        var values: [Double]
        var queries: [[Double]]
        var means: [Double]
        var deviations: [Double]
    }

    private func expected() throws -> Expected {
        try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: Fixtures.url("sweeps/gaussian_process.json")))
    }

    private var hyper: GaussianProcess.Hyperparameters {
        var hyper = GaussianProcess.Hyperparameters(groupCount: 3)
        hyper.lengths = [0.4, 0.9, 2.0].map { log($0) }
        (hyper.signal, hyper.noise) = (log(1.7), log(1e-3))
        return hyper
    }

    @Test func `Predictions are scikit-learn's`() throws {
        let expected = try expected()
        let process = try #require(
            GaussianProcess(expected.points, expected.values, groups: [0, 1, 2], hyper))
        for (index, query) in expected.queries.enumerated() {
            let (mean, deviation) = process.prediction(at: query)
            #expect(abs(mean - expected.means[index]) < 1e-6)
            #expect(abs(deviation - expected.deviations[index]) < 1e-5)
        }
    }

    @Test func `The gradient is that of the loss`() throws {
        let expected = try expected()
        func loss(_ hyper: GaussianProcess.Hyperparameters) throws -> (Double, [Double]) {
            try #require(GaussianProcess.lossAndGradient(expected.points, expected.values, [0, 1, 2], hyper))
        }
        let gradient = try loss(hyper).1
        let moves: [(inout GaussianProcess.Hyperparameters, Double) -> Void] = [
            { $0.lengths[0] += $1 }, { $0.lengths[1] += $1 }, { $0.lengths[2] += $1 }, { $0.signal += $1 },
            { $0.noise += $1 },
        ]
        for (index, move) in moves.enumerated() {
            var (up, down) = (hyper, hyper)
            move(&up, 1e-5)
            move(&down, -1e-5)
            let slope = (try loss(up).0 - loss(down).0) / 2e-5
            #expect(abs(slope - gradient[index]) < 1e-5 * max(1, abs(slope)), "\(index)")
        }
    }
}
