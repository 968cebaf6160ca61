import Layers
import Tensors
import Testing

@testable import Training

@Suite struct OptimizerStepsTests {
    static let cases: [(name: String, settings: OptimizerSettings, learningRate: Float, weightDecay: Float)] =
        [
            ("sgd", .sgd(), 0.05, 0),
            ("sgd momentum", .sgd(momentum: 0.9), 0.05, 0),
            ("sgd nesterov", .sgd(momentum: 0.9, nesterov: true), 0.05, 0),
            ("sgd decay", .sgd(momentum: 0.9), 0.05, 0.1),
            ("adam", .adam(), 0.05, 0),
            ("adam constants", .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-3), 0.05, 0),
            ("adamw", .adamW(), 0.05, 0),
            ("rmsprop", .rmsprop(), 0.02, 0),
            ("rmsprop momentum", .rmsprop(rho: 0.8, momentum: 0.7), 0.02, 0),
            ("adagrad", .adagrad(), 0.05, 0),
            ("adagrad constants", .adagrad(initialAccumulator: 0, epsilon: 1e-3), 0.05, 0.1),
            ("lamb", .lamb(), 0.02, 0),
            ("lamb constants", .lamb(beta1: 0.8, beta2: 0.95, epsilon: 1e-3), 0.02, 0.1),
        ]

    @Test(arguments: cases.map(\.name))
    func `Sixty steps of every optimizer are Keras's`(name: String) throws {
        let fixture = try OptimizationFixture.load().optimizers
        let given = try #require(Self.cases.first { $0.name == name })
        var optimizer = Optimizer(given.settings, weightDecay: given.weightDecay)
        var tensor = Tensor(fixture.start, shape: [fixture.start.count])
        let steps = try #require(fixture.after[name])
        #expect(steps.count == 60)
        for (gradient, expected) in zip(fixture.gradients, steps) {
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

    /// Gradients of a few arrays.
    private struct Gradients: GradientStore {
        var tensors: [Tensor]
        var gradientKeys: [ParameterKey] { tensors.indices.map { ParameterKey("\($0)", "kernel") } }

        func withGradient<Result>(
            of key: ParameterKey, _ body: (Span<Float>) throws -> Result
        ) rethrows -> Result? { try tensors[Int(key.layer) ?? 0].withElements(body) }

        mutating func withMutableGradient<Result>(
            of key: ParameterKey, _ body: (inout MutableSpan<Float>) throws -> Result
        ) rethrows -> Result? { try tensors[Int(key.layer) ?? 0].withMutableElements(body) }
    }

    @Test func `Gradients are clipped as Keras clips them`() throws {
        let fixture = try OptimizationFixture.load().clipping
        let tensors = fixture.gradients.map { Tensor($0, shape: [$0.count]) }
        var byNorm = Gradients(tensors: tensors)
        Regularization(clipNorm: 1.5).clipNorm(&byNorm)
        for (found, wanted) in zip(byNorm.tensors.flatMap(\.elements), fixture.norm.joined()) {
            #expect(abs(found - wanted) < 1e-6)
        }
        for (tensor, wanted) in zip(tensors, fixture.value) {
            var clipped = tensor
            clipped.withMutableElements {
                Regularization(clipValue: 0.5).clipValue(&$0)
            }
            #expect(clipped.elements == wanted)
        }
    }

    @Test func `A schedule moves the momentum of those that have one`() {
        let settings: [OptimizerSettings] = [.sgd(momentum: 0.5), .adam(beta1: 0.5), .rmsprop(momentum: 0.5)]
        for setting in settings {
            let own = [0, 1].map { index in
                var optimizer = Optimizer(setting)
                var tensor = Tensor(repeating: 1, shape: [2])
                for step in 0..<3 {
                    optimizer.beginStep(momentum: index == 0 ? nil : 0.5 + 0.1 * Double(step))
                    Tensor([1, Float(step)], shape: [2]).withElements {
                        optimizer.update(
                            &tensor, key: ParameterKey("dense", "bias"), role: .bias, gradient: $0,
                            learningRate: 0.1)
                    }
                }
                return tensor
            }
            #expect(own[0] != own[1], "\(setting)")
        }
    }
}
