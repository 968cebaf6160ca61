import Foundation
import Layers
import Tensors
import Testing

@testable import Training

@Suite struct OptimizerTests {
    static let cases: [(name: String, settings: OptimizerSettings, learningRate: Float, weightDecay: Float)] =
        [
            ("sgd", .sgd(), 0.1, 0),
            ("sgd momentum", .sgd(momentum: 0.9), 0.1, 0),
            ("sgd nesterov", .sgd(momentum: 0.9, nesterov: true), 0.1, 0),
            ("adam", .adam(), 0.05, 0),
            ("adam constants", .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3), 0.05, 0),
            ("adamw", .adam(), 0.05, 0.1),
            ("rmsprop", .rmsprop(), 0.05, 0),
            ("rmsprop momentum", .rmsprop(rho: 0.8, momentum: 0.7), 0.05, 0),
        ]

    @Test(arguments: cases.map(\.name))
    func `Every optimizer takes the steps that Keras takes`(name: String) throws {
        let fixture = try TrainingFixture.load().optimizers
        let given = try #require(Self.cases.first { $0.name == name })
        var optimizer = Optimizer(given.settings, weightDecay: given.weightDecay)
        var tensor = Tensor(fixture.start, shape: [fixture.start.count])
        for (gradient, expected) in zip(fixture.gradients, try #require(fixture.after[name])) {
            optimizer.beginStep()
            Tensor(gradient, shape: tensor.shape).withElements {
                optimizer.update(
                    &tensor, key: ParameterKey("dense", "kernel"), role: .kernel, gradient: $0,
                    learningRate: given.learningRate)
            }
            for (found, wanted) in zip(tensor.elements, expected) {
                #expect(abs(found - wanted) <= 1e-6 * max(1, abs(wanted)))
            }
        }
    }

    @Test func `Weight decay leaves biases and normalizations alone`() {
        var optimizer = Optimizer(.sgd(), weightDecay: 0.5)
        for (role, expected) in [(ParameterSpec.Role.kernel, Float(0.95)), (.bias, 1), (.normalization, 1)] {
            var tensor = Tensor(repeating: 1, shape: [3])
            Tensor(zeros: [3]).withElements {
                optimizer.update(
                    &tensor, key: ParameterKey("layer", "\(role)"), role: role, gradient: $0,
                    learningRate: 0.1)
            }
            #expect(tensor.elements.allSatisfy { abs($0 - expected) < 1e-6 })
        }
    }

    @Test func `An array larger than a chunk is updated everywhere`() {
        var optimizer = Optimizer(.adam())
        let shape: Shape = [(1 << 19) + 17]
        var tensor = Tensor(repeating: 1, shape: shape)
        optimizer.beginStep()
        Tensor(repeating: 3, shape: shape).withElements {
            optimizer.update(
                &tensor, key: ParameterKey("dense", "kernel"), role: .kernel, gradient: $0, learningRate: 0.1)
        }
        #expect(tensor.elements.allSatisfy { abs($0 - 0.9) < 1e-6 })
    }
}
