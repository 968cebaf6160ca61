import Layers
import Tensors
import Testing

@testable import Training

@Suite struct RegularizationTests {
    /// Two dense layers, the second of them the head.
    private static func network() throws -> Network {
        var builder = NetworkBuilder("two", input: [6])
        builder.beginGroup("block")
        let x = try builder.add(Dense("first", units: 4, activation: .relu), to: builder.input)
        builder.beginGroup("head")
        return builder.build(output: try builder.add(Dense("second", units: 3, activation: .softmax), to: x))
    }

    private static let cases: [(name: String, key: String, regularization: Regularization)] = [
        (
            "elastic net", "elastic net",
            Regularization(l1: .groups(["backbone": 0.01]), l2: .groups(["block": 0.02, "head": 0.05]))
        ),
        ("l2_sp", "l2Sp", Regularization(l2SP: L2SP(alpha: 0.3, beta: 0.2))),
        ("max_norm", "maxNorm", Regularization(maxNorm: 1.2)),
    ]

    @Test(arguments: cases.map(\.name))
    func `Penalties, constraints and moving averages are Keras's`(name: String) throws {
        let fixture = try OptimizationFixture.load().regularized
        let given = try #require(Self.cases.first { $0.name == name })
        let expected = try #require(fixture.cases[given.name] ?? fixture.cases[given.key])
        let network = try Self.network()
        var (start, pretrained) = (Parameters(), Parameters())
        for (key, spec) in network.parameters {
            start[key] = Tensor(try #require(fixture.start["\(key)"]), shape: spec.shape)
            if key.layer == "first" { pretrained[key] = start[key] }
        }
        var trainer = try Trainer(network, start, pretrained: pretrained, seed: 1)
        var regularization = given.regularization
        regularization.averaging = .exponential(decay: 0.8)
        try trainer.beginStage(
            "stage", training: ["first", "second"], optimizer: .sgd(momentum: 0.9),
            regularization: regularization)
        for (step, (inputs, labels)) in zip(fixture.inputs, fixture.labels).enumerated() {
            let result = try trainer.step(Tensor(inputs, shape: [8, 6]), labels, learningRate: 0.1)
            if step == 0 { #expect(abs(result.loss - expected.loss) < 1e-5) }
        }
        for (key, _) in network.parameters {
            for (arrays, wanted) in [
                (trainer.parameters, expected.after), (trainer.judgedParameters, expected.average),
            ] {
                for (a, b) in zip(arrays[key]!.elements, try #require(wanted["\(key)"])) {
                    #expect(abs(a - b) < 2e-6, "\(key)")
                }
            }
        }
    }

    @Test func `Filters are kept as short as Keras keeps them, whatever the layer`() throws {
        for given in try OptimizationFixture.load().maxNorm {
            let layers: [String: any Layer] = [
                "Dense": Dense("x", units: 3), "Conv2D": Conv2D("x", filters: 4, kernelSize: 2),
                "DepthwiseConv2D": DepthwiseConv2D("x", kernelSize: 3),
                "Conv2DTranspose": Conv2DTranspose("x", filters: 4, kernelSize: 2),
            ]
            let layer = try #require(layers[given.layer])
            var kernel = Tensor(given.kernel, shape: Shape(given.shape))
            let spec = ParameterSpec("kernel", kernel.shape, .kernel, .zeros)
            let network = try Self.network()
            MaxNorm(1.5, of: network).constrain(&kernel, MaxNorm.layout(of: spec, in: layer))
            for (a, b) in zip(kernel.elements, given.after) { #expect(abs(a - b) < 1e-6, "\(given.layer)") }
            #expect(kernel.elements != given.kernel)
        }
    }

    @Test func `The mean of weights and its statistics are PyTorch's`() throws {
        let fixture = try OptimizationFixture.load().stochasticAverage
        var average = WeightAverage()
        let key = ParameterKey("dense", "kernel")
        for weights in fixture.weights {
            var parameters = Parameters()
            parameters[key] = Tensor(weights, shape: [3, 2])
            average.add(parameters, [key], share: 1 / Float(average.count + 1))
        }
        let mean = try #require(average.arrays[key])
        for (a, b) in zip(mean.elements, fixture.average) { #expect(abs(a - b) < 1e-6) }

        var builder = NetworkBuilder("normalized", input: [3])
        let x = try builder.add(Dense("dense", units: 2, useBias: false), to: builder.input)
        let network = builder.build(output: try builder.add(BatchNormalization("bn"), to: x))
        var parameters = network.initialParameters(seed: 1)
        parameters[key] = mean
        var trainer = try Trainer(network, parameters, seed: 1)
        try trainer.beginStage(
            "stage", training: ["dense", "bn"], optimizer: .sgd(), regularization: Regularization())
        #expect(trainer.movesStatistics)
        for (number, batch) in fixture.batches.enumerated() {
            try trainer.estimateStatistics(Tensor(batch, shape: [8, 3]), batch: number)
        }
        for (name, wanted) in [("moving_mean", fixture.mean), ("moving_variance", fixture.variance)] {
            for (a, b) in zip(try #require(trainer.parameters["bn", name]).elements, wanted) {
                #expect(abs(a - b) < 2e-6, "\(name)")
            }
        }
    }

    @Test func `A layer group that the network does not have is refused`() throws {
        let network = try Self.network()
        try Regularization(l2: .groups(["backbone": 1, "head": 1, "block": 1])).check(network)
        #expect(throws: LayerError.self) { try Regularization(l1: .groups(["blok": 1])).check(network) }
    }
}
