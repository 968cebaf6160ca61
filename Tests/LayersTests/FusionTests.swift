import Layers
import Tensors
import TestSupport
import Testing

@Suite struct FusionTests {
    private static func output(_ network: Network, _ parameters: Parameters, _ input: Tensor) throws
        -> [Float]
    {
        let plan = try ExecutionPlan(network, batchSize: input.shape[0])
        return Array(try plan.forward(input, parameters).elements)
    }

    @Test func `Two functions of one kind behind a convolution keep their own numbers`() throws {
        var builder = NetworkBuilder("gate", input: [4, 4, 3])
        let convolved = try builder.add(Conv2D("conv", filters: 8, kernelSize: 1), to: builder.input)
        var x = try builder.add(Rescaling("shift", scale: 1, offset: 3), to: convolved)
        x = try builder.add(ReLU("cut", maxValue: 6), to: x)
        x = try builder.add(Rescaling("share", scale: 1 / 6), to: x)
        let gate = builder.build(output: x)
        let parameters = gate.initialParameters(seed: 1)
        let input = SeededArrays.array("picture", [2, 4, 4, 3], scale: 4)
        let plain = try Self.output(gate.until("conv"), parameters, input)
        let found = try Self.output(gate, parameters, input)
        for (found, value) in zip(found, plain) {
            #expect(abs(found - min(max(value + 3, 0), 6) / 6) < 1e-6)
        }
    }

    @Test func `Several layers in a row that do nothing at inference are left out`() throws {
        var builder = NetworkBuilder("noisy", input: [4, 4, 3])
        var x = try builder.add(SpatialDropout2D("spatial", rate: 0.5), to: builder.input)
        x = try builder.add(GaussianNoise("noise", stddev: 1), to: x)
        x = try builder.add(GaussianDropout("factor", rate: 0.5), to: x)
        x = try builder.add(Dropout("dropout", rate: 0.5), to: x)
        x = try builder.add(ReLU("relu"), to: x)
        let network = builder.build(output: x)
        let input = SeededArrays.array("picture", [2, 4, 4, 3])
        #expect(try Self.output(network, Parameters(), input) == input.elements.map { max($0, 0) })
    }
}
