import Layers
import Tensors
import Testing

@testable import Training

@Suite struct QuietRegularizersTests {
    private func network() throws -> Network {
        var builder = NetworkBuilder("small", input: [8, 8, 1])
        builder.beginGroup("block1")
        var x = try builder.add(
            Conv2D("conv", filters: 16, kernelSize: 3, padding: .same, activation: .relu), to: builder.input)
        x = try builder.add(StochasticDepth("depth", dropPathRate: 0.5), to: x)
        x = try builder.add(SpatialDropout2D("spatial", rate: 0.5), to: x)
        builder.beginGroup("head")
        x = try builder.add(GlobalAveragePooling2D("pool"), to: x)
        x = try builder.add(Dense("predictions", units: 2, activation: .softmax), to: x)
        return builder.build(output: x)
    }

    /// The losses of one batch in several steps that change nothing.
    private func losses(training selection: LayerSelection) throws -> Set<Double> {
        let network = try network()
        var trainer = try Trainer(network, network.initialParameters(seed: 1), seed: 1)
        try trainer.beginStage(
            "stage", training: selection.layers(of: network), optimizer: .sgd(),
            regularization: Regularization())
        let (pictures, labels) = TrainerTests.batch(8, seed: 1)
        var losses: Set<Double> = []
        for _ in 0..<4 { losses.insert(try trainer.step(pictures, labels, learningRate: 0).loss) }
        return losses
    }

    @Test func `Behind quiet layers a frozen beginning is cut off, and losses stay the same bits`() throws {
        let network = try network()
        let (pictures, labels) = TrainerTests.batch(8, seed: 1)
        func losses(cutting: Bool) throws -> [Double] {
            var trainer = try Trainer(network, network.initialParameters(seed: 1), seed: 1)
            try trainer.beginStage(
                "stage", training: ["predictions"], optimizer: .sgd(), regularization: Regularization())
            var inputs = pictures
            if cutting {
                let isCut = trainer.cutFrozenPrefix()
                #expect(isCut)
                let prefix = try #require(trainer.cut?.prefix)
                #expect(prefix.nodes[prefix.output].name == "pool")
                inputs = try Trainer(prefix, trainer.parameters, seed: 1).predict(pictures)
            }
            return try (0..<3).map { _ in try trainer.step(inputs, labels, learningRate: 0.1).loss }
        }
        #expect(try losses(cutting: true) == losses(cutting: false))
    }

    @Test func `Stochastic depth and spatial dropout are quiet in frozen blocks only`() throws {
        #expect(try losses(training: .groups(["head"])).count == 1)
        #expect(try losses(training: .all).count == 4)
    }
}
