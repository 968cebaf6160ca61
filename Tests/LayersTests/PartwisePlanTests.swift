import Tensors
import Testing

@testable import Layers

/// Networks whose first values are too large to be kept for a whole batch.
@Suite struct PartwisePlanTests {
    private static let batch = 48

    /// 1 MB a picture behind the first convolution, a residual block, and a head.
    private static func network() throws -> Network {
        var network = NetworkBuilder("tall", input: [128, 128, 3])
        var x = try network.add(
            Conv2D("conv1", filters: 16, kernelSize: 3, padding: .same, useBias: false), to: network.input)
        x = try network.add(BatchNormalization("bn1"), to: x)
        x = try network.add(Activation("relu1", .relu), to: x)
        let shortcut = x
        x = try network.add(Conv2D("conv2", filters: 16, kernelSize: 3, padding: .same), to: x)
        x = try network.add(Add("add"), to: [shortcut, x])
        x = try network.add(MaxPooling2D("pool"), to: x)
        x = try network.add(GlobalAveragePooling2D("average"), to: x)
        x = try network.add(Dense("predictions", units: 4, activation: .softmax), to: x)
        return network.build(output: x)
    }

    @Test func `A batch gives what its pictures give one by one`() throws {
        let network = try Self.network()
        let parameters = NetworkTests.randomParameters(of: network)
        let pictures = NetworkTests.input(of: network, batch: Self.batch)
        let plan = try ExecutionPlan(network, batchSize: Self.batch)
        let together = try plan.forward(pictures, parameters).elements
        // The residual block has two values at a time, of 1 MB a picture each.
        #expect(plan.workspaceByteCount < 2 * Self.batch << 20, "the batch was kept as a whole")
        let single = try ExecutionPlan(network, batchSize: 1)
        for picture in [0, 1, Self.batch / 2, Self.batch - 1] {
            let count = 128 * 128 * 3
            let alone = Tensor(
                pictures.elements[picture * count..<(picture + 1) * count], shape: [1, 128, 128, 3])
            let wanted = try single.forward(alone, parameters).elements
            for index in 0..<4 { #expect(abs(together[picture * 4 + index] - wanted[index]) < 1e-5) }
        }
    }

    @Test func `A head on a frozen backbone learns from the whole batch`() throws {
        let network = try Self.network()
        let parameters = NetworkTests.randomParameters(of: network)
        let pictures = NetworkTests.input(of: network, batch: Self.batch)
        let upstream = Tensor(
            (0..<Self.batch * 4).map { Float($0 % 7) - 3 }, shape: [Self.batch, 4])
        func gradient(_ layers: Set<String>) throws -> [Float] {
            var mode = ExecutionPlan.Mode.training(layers)
            mode.batchStatisticsLayers = []
            let plan = try ExecutionPlan(network, batchSize: Self.batch, mode: mode)
            _ = try plan.forward(pictures, parameters)
            try plan.backward(upstream, input: pictures, parameters)
            return try #require(plan.gradient(of: ParameterKey("predictions", "kernel"))).elements
        }
        let (frozen, whole) = (
            try gradient(["predictions"]), try gradient(Set(network.nodes.map(\.name)))
        )
        let size = whole.map(abs).max() ?? 0
        for (found, wanted) in zip(frozen, whole) { #expect(abs(found - wanted) <= 1e-4 * size) }
    }
}
