import Foundation
import TestSupport

/// What Keras made of given numbers; see `Tests/Fixtures/training/make.py`.
struct TrainingFixture: Decodable {
    struct Optimizers: Decodable {
        var start: [Float]
        var gradients: [[Float]]
        var after: [String: [[Float]]]
    }

    struct CrossEntropy: Decodable {
        struct Case: Decodable {
            var labelSmoothing: Float
            var loss: Double
            var gradient: [Float]
        }
        var logits: [Float]
        var labels: [Int]
        var cases: [Case]
    }

    struct Penalty: Decodable {
        var kernel: [Float]
        var loss: Double
        var gradient: [Float]
    }

    struct SingleSample: Decodable {
        var image: [Float]
        var loss: Double
        var before: [String: [Float]]
        var after: [String: [Float]]
    }

    struct EarlyStoppingCase: Decodable {
        var monitor: String
        var patience: Int
        var minDelta: Double
        var values: [Double]
        var epochs: Int
        var bestEpoch: Int
    }

    var optimizers: Optimizers
    var crossEntropy: CrossEntropy
    var cosine: [Double]
    var l1L2: Penalty
    var singleSample: SingleSample
    var earlyStopping: [EarlyStoppingCase]

    static func load() throws -> TrainingFixture {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Self.self, from: Data(contentsOf: Fixtures.url("training/training.json")))
    }
}
