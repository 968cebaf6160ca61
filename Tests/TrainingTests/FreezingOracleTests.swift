import Layers
import Testing

@testable import Training

@Suite struct FreezingOracleTests {
    private static let optimizers: [(name: String, settings: OptimizerSettings, learningRate: Double)] = [
        ("sgd", .sgd(momentum: 0.9, nesterov: true), 0.05), ("adam", .adam(epsilon: 1e-12), 0.005),
    ]

    @Test func `Batch normalizations, frozen and not, do what they do in Keras`() throws {
        let fixture = try FreezingFixture.load()
        #expect(fixture.policies.count == 6)
        for policy in fixture.policies {
            let rules = BatchNormalizationPolicy(
                frozen: try #require(.init(rawValue: policy.frozen)),
                unfrozen: try #require(.init(rawValue: policy.unfrozen)))
            var trainer = try fixture.trainer(.sgd(momentum: 0.9))
            trainer.train(["block2_conv", "block2_bn", "predictions"], batchNormalization: rules)
            let difference = try fixture.difference(trainer, from: policy.outcome, learningRate: 0.05)
            #expect(difference < 2e-6, "\(policy.frozen), \(policy.unfrozen)")
        }
    }

    @Test(arguments: [
        ("geometric", DiscriminativeRates.geometric(from: 0.01)), ("decay", .decay(0.5)),
        ("decay", .factors(["block1": 0.25, "block2": 0.5])),
    ])
    func `A learning rate a group takes PyTorch's steps`(name: String, rates: DiscriminativeRates) throws {
        let fixture = try FreezingFixture.load()
        let expected = name == "decay" ? fixture.decay : fixture.geometric
        for (name, settings, rate) in Self.optimizers {
            var trainer = try fixture.trainer(settings)
            let factors = try rates.factors(
                of: trainer.network, training: FreezingFixture.layers, base: 1)
            trainer.train(
                FreezingFixture.layers, batchNormalization: .init(unfrozen: .inference),
                learningRateFactors: factors)
            let outcome = try #require(expected[name])
            #expect(
                try fixture.difference(trainer, from: outcome, learningRate: rate) < 2e-6, "\(name)")
        }
    }

    @Test func `Groups that join later take PyTorch's steps, those that are there keep their memory`() throws
    {
        let fixture = try FreezingFixture.load()
        for (name, settings, rate) in Self.optimizers {
            let outcome = try #require(fixture.gradual[name])
            let difference = try fixture.difference(
                fixture.trainer(settings), from: outcome, learningRate: rate
            ) { trainer, step in
                trainer.train(
                    GradualUnfreezing(every: 1).layers(
                        FreezingFixture.layers, of: trainer.network, inEpoch: step),
                    batchNormalization: .init(unfrozen: .inference))
            }
            #expect(difference < 2e-6, "\(name)")
        }
    }
}
