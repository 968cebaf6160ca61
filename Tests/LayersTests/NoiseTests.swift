import Foundation
import Layers
import Tensors
import Testing

/// Layers that draw random numbers while training.
@Suite struct NoiseTests {
    private static let picture: Shape = [6, 5, 32]
    private static let batch = 64

    /// A layer alone, between nothing, or behind a convolution that lets the library lay channels in blocks.
    private func plan(_ layer: some Layer, behindConvolution: Bool = false) throws -> ExecutionPlan {
        var builder = NetworkBuilder("noise", input: Self.picture)
        var x = builder.input
        if behindConvolution {
            x = try builder.add(Conv2D("conv", filters: 32, kernelSize: 1, useBias: false), to: x)
        }
        let network = builder.build(output: try builder.add(layer, to: x))
        var mode = ExecutionPlan.Mode.training(["conv"])
        mode.wantsInputGradient = true
        return try ExecutionPlan(network, batchSize: Self.batch, mode: mode)
    }

    private func output(
        of plan: ExecutionPlan, on input: Tensor = Tensor(repeating: 1, shape: picture.batched(batch)),
        seed: UInt64 = 1
    ) throws -> [Float] {
        try plan.forward(input, identity(plan.network), seed: seed).elements
    }

    /// The unit matrix for the convolution's kernel.
    private func identity(_ network: Network) -> Parameters {
        var parameters = Parameters()
        for (key, spec) in network.parameters {
            parameters[key] = Tensor((0..<1024).map { $0 % 33 == 0 ? 1 : 0 }, shape: spec.shape)
        }
        return parameters
    }

    private func meanAndDeviation(_ values: [Float]) -> (mean: Double, deviation: Double) {
        let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
        let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        return (mean, (squares / Double(values.count)).squareRoot())
    }

    @Test(arguments: [false, true])
    func `Spatial dropout drops whole channels, its share of them`(behindConvolution: Bool) throws {
        let output = try output(
            of: plan(SpatialDropout2D("drop", rate: 0.25), behindConvolution: behindConvolution))
        var dropped = 0
        for picture in 0..<Self.batch {
            for channel in 0..<32 {
                let values = Set((0..<30).map { output[(picture * 30 + $0) * 32 + channel] })
                #expect(values == [0] || values == [Float(4.0 / 3)])
                if values == [0] { dropped += 1 }
            }
        }
        // 2048 channels: the deviation is 20.
        #expect(abs(dropped - 512) < 80)
    }

    @Test(arguments: [false, true])
    func `Stochastic depth drops whole pictures`(behindConvolution: Bool) throws {
        for layer: any Layer in [
            StochasticDepth("drop", dropPathRate: 0.5), Dropout("drop", rate: 0.5, noiseShape: [1, 1, 1]),
        ] {
            let output = try output(of: plan(layer, behindConvolution: behindConvolution))
            let pictures = (0..<Self.batch).map { Set(output[$0 * 960..<($0 + 1) * 960]) }
            #expect(pictures.allSatisfy { $0 == [0] || $0 == [2] })
            #expect((12...52).contains(pictures.count { $0 == [0] }))
        }
    }

    @Test func `Gaussian noise has its deviation around what is there`() throws {
        let output = try output(of: plan(GaussianNoise("noise", stddev: 0.5)))
        let (mean, deviation) = meanAndDeviation(output)
        #expect(abs(mean - 1) < 0.01)
        #expect(abs(deviation - 0.5) < 0.01)
        // A normal distribution has 4.55 % beyond two deviations.
        let far = Double(output.count { abs($0 - 1) > 1 }) / Double(output.count)
        #expect(abs(far - 0.0455) < 0.005)
    }

    @Test func `Gaussian dropout has the deviation of dropout`() throws {
        let (mean, deviation) = meanAndDeviation(try output(of: plan(GaussianDropout("noise", rate: 0.2))))
        #expect(abs(mean - 1) < 0.01)
        #expect(abs(deviation - 0.5) < 0.01)
    }

    @Test(
        arguments: [
            SpatialDropout2D("noise", rate: 0.25), GaussianNoise("noise", stddev: 0.5),
            GaussianDropout("noise", rate: 0.2), StochasticDepth("noise", dropPathRate: 0.5),
        ] as [any Layer])
    func `Noise follows the seed, and gradients follow the noise`(layer: any Layer) throws {
        let plan = try plan(layer, behindConvolution: true)
        let ones = Tensor(repeating: 1, shape: Self.picture.batched(Self.batch))
        let first = try output(of: plan, seed: 3)
        #expect(try output(of: plan, seed: 4) != first)
        #expect(try output(of: plan, seed: 3) == first)
        try plan.backward(ones, input: ones, identity(plan.network))
        // Of what is multiplied, the factors; of what is added, ones.
        let expected = layer is GaussianNoise ? ones.elements : first
        #expect(try #require(plan.inputGradient).elements == expected)
    }

    @Test(
        arguments: [
            SpatialDropout2D("layer", rate: 1), GaussianNoise("layer", stddev: -1),
            GaussianDropout("layer", rate: -0.5), StochasticDepth("layer", dropPathRate: 1),
            Dropout("layer", rate: 0.5, noiseShape: [2, 1, 1]), Dropout("layer", rate: 0.5, noiseShape: [1]),
        ] as [any Layer])
    func `Shares and deviations out of range are refused`(layer: any Layer) {
        #expect(throws: LayerError.self) { _ = try layer.outputShape(for: [Self.picture]) }
    }
}
