import Foundation
import TestSupport

/// What Keras and PyTorch made of given numbers; see `Tests/Fixtures/optimization/make.py`.
struct OptimizationFixture: Decodable {
    struct Optimizers: Decodable {
        var start: [Float]
        var gradients: [[Float]]
        var after: [String: [[Float]]]
    }

    struct Clipping: Decodable {
        var gradients: [[Float]]
        var norm: [[Float]]
        var value: [[Float]]
    }

    struct Cycle: Decodable {
        var rates: [Double]
        var momenta: [Double]
    }

    struct Plateau: Decodable {
        var monitor: String
        var factor: Double
        var patience: Int
        var cooldown: Int
        var minDelta: Double
        var minLr: Double
        var values: [Double]
        var rates: [Double]
    }

    struct Regularized: Decodable {
        struct Case: Decodable {
            var loss: Double
            var after: [String: [Float]]
            var average: [String: [Float]]
        }
        var start: [String: [Float]]
        var inputs: [[Float]]
        var labels: [[Int]]
        var cases: [String: Case]
    }

    struct MaxNorm: Decodable {
        var layer: String
        var shape: [Int]
        var kernel: [Float]
        var after: [Float]
    }

    struct StochasticAverage: Decodable {
        var weights: [[Float]]
        var average: [Float]
        var batches: [[Float]]
        var mean: [Float]
        var variance: [Float]
    }

    struct FindLR: Decodable {
        var rates: [Double]
        var raw: [Double]
        var smoothed: [Double]
        var valley: Double
        var steep: Double
        var minimum: Double
    }

    var optimizers: Optimizers
    var clipping: Clipping
    var schedules: [String: [Double]]
    var oneCycle: [String: Cycle]
    var plateau: [Plateau]
    var regularized: Regularized
    var maxNorm: [MaxNorm]
    var stochasticAverage: StochasticAverage
    var findLr: FindLR

    static func load() throws -> OptimizationFixture {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(
            Self.self, from: Data(contentsOf: Fixtures.url("optimization/optimization.json")))
    }
}
