import Datasets
import Layers
import Tensors
import Testing

@testable import Training

@Suite struct SingleSampleTests {
    /// The convolution leaves one pixel, so that a batch of one has a variance of zero.
    private static func network() throws -> Network {
        var builder = NetworkBuilder("one pixel", input: [4, 4, 2])
        var x = builder.input
        x = try builder.add(Conv2D("conv", filters: 3, kernelSize: 4, useBias: false), to: x)
        x = try builder.add(BatchNormalization("bn"), to: x)
        x = try builder.add(Activation("relu", .relu), to: x)
        x = try builder.add(Flatten("flatten"), to: x)
        x = try builder.add(Dense("predictions", units: 3, activation: .softmax), to: x)
        return builder.build(output: x)
    }

    @Test func `A batch of one picture takes the step that Keras takes`() throws {
        let expected = try TrainingFixture.load().singleSample
        let network = try Self.network()
        var parameters = Parameters()
        for (key, spec) in network.parameters {
            parameters[key] = Tensor(try #require(expected.before["\(key)"]), shape: spec.shape)
        }
        var trainer = try Trainer(network, parameters, seed: 1)
        try trainer.beginStage(
            "all", training: LayerSelection.all.layers(of: network), optimizer: .sgd(),
            regularization: Regularization())
        let result = try trainer.step(Tensor(expected.image, shape: [1, 4, 4, 2]), [1], learningRate: 0.1)
        #expect(abs(result.loss - expected.loss) < 1e-6)
        for (key, _) in network.parameters {
            let after = try #require(expected.after["\(key)"])
            for (found, wanted) in zip(trainer.parameters[key]!.elements, after) {
                #expect(abs(found - wanted) < 1e-6, "\(key)")
            }
        }
    }
}
