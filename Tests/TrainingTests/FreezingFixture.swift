import Foundation
import Layers
import Tensors
import TestSupport

@testable import Training

/// What Keras and PyTorch made of a small network; see `Tests/Fixtures/freezing/make.py`.
struct FreezingFixture: Decodable {
    /// What a training came to.
    struct Outcome: Decodable {
        var losses: [Double]
        var after: [String: [Float]]
    }

    struct Policy: Decodable {
        var frozen: String
        var unfrozen: String
        var losses: [Double]
        var after: [String: [Float]]

        var outcome: Outcome { Outcome(losses: losses, after: after) }
    }

    var pictures: [[Float]]
    var labels: [[Int]]
    var start: [String: [Float]]
    var policies: [Policy]
    var geometric: [String: Outcome]
    var decay: [String: Outcome]
    var gradual: [String: Outcome]

    static func load() throws -> FreezingFixture {
        try JSONDecoder().decode(Self.self, from: Data(contentsOf: Fixtures.url("freezing/freezing.json")))
    }

    static let layers: Set<String> = ["block1_conv", "block1_bn", "block2_conv", "block2_bn", "predictions"]

    /// The network, in two blocks and a head.
    static func network() throws -> Network {
        var builder = NetworkBuilder("small", input: [5, 5, 2])
        var x = builder.input
        for block in ["block1", "block2"] {
            builder.beginGroup(block)
            x = try builder.add(
                Conv2D("\(block)_conv", filters: 4, kernelSize: 3, padding: .same, useBias: false), to: x)
            x = try builder.add(BatchNormalization("\(block)_bn", momentum: 0.9), to: x)
            x = try builder.add(Activation("\(block)_relu", .relu), to: x)
        }
        builder.beginGroup("head")
        x = try builder.add(GlobalAveragePooling2D("pool"), to: x)
        x = try builder.add(Dense("predictions", units: 3, activation: .softmax), to: x)
        return builder.build(output: x)
    }

    /// A trainer at the beginning.
    func trainer(_ optimizer: OptimizerSettings) throws -> Trainer {
        let network = try Self.network()
        var parameters = Parameters()
        for (key, spec) in network.parameters {
            parameters[key] = Tensor(start["\(key)"] ?? [], shape: spec.shape)
        }
        var trainer = try Trainer(network, parameters, seed: 0)
        try trainer.beginStage(
            "stage", training: Self.layers, optimizer: optimizer, regularization: Regularization())
        return trainer
    }

    /// The greatest difference from what came out elsewhere, of losses and of arrays.
    /// - Parameter prepare: what comes before each step.
    func difference(
        _ trainer: Trainer, from expected: Outcome, learningRate: Double,
        before prepare: (inout Trainer, Int) -> Void = { _, _ in }
    ) throws -> Double {
        var (trainer, worst) = (trainer, 0.0)
        for (step, (pictures, labels)) in zip(pictures, labels).enumerated() {
            prepare(&trainer, step)
            let inputs = Tensor(pictures, shape: [labels.count, 5, 5, 2])
            let loss = try trainer.step(inputs, labels, learningRate: learningRate).loss
            worst = max(worst, abs(loss - expected.losses[step]))
        }
        for (key, _) in trainer.network.parameters {
            for (found, wanted) in zip(trainer.parameters[key]!.elements, expected.after["\(key)"] ?? []) {
                worst = max(worst, Double(abs(found - wanted)))
            }
        }
        return worst
    }
}
