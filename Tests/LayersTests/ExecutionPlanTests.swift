import Tensors
import Testing

@testable import Layers

@Suite struct ExecutionPlanTests {
    private static func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
        zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
    }

    @Test func `Fused inference gives what unfused layers give`() throws {
        let network = try NetworkTests.residual()
        let parameters = NetworkTests.randomParameters(of: network)
        let input = NetworkTests.input(of: network, batch: 3)
        let fused = try ExecutionPlan(network, batchSize: 3).forward(input, parameters)
        // With every layer trainable, nothing may be folded; statistics stay the given ones.
        var mode = ExecutionPlan.Mode.training(Set(network.nodes.map(\.name)))
        mode.batchStatisticsLayers = []
        mode.stopsBeforeSoftmax = false
        let plain = try ExecutionPlan(network, batchSize: 3, mode: mode).forward(input, parameters)
        #expect(Self.largestDifference(fused.elements, plain.elements) < 1e-5)
        #expect(GraphFusion.fused(OperationGraph(network), for: .inference).operations.count == 7)
    }

    @Test(arguments: [
        ["predictions"], ["depthwise", "predictions"], ["conv2", "bn3"], ["bn1"], ["bn2", "predictions"],
        ["conv1"],
    ])
    func `Whatever is frozen, the gradients of the rest are the same`(trained: Set<String>) throws {
        let network = try NetworkTests.residual()
        let parameters = NetworkTests.randomParameters(of: network)
        let input = NetworkTests.input(of: network, batch: 2)
        let upstream = Tensor((0..<8).map { Float($0) - 3.5 }, shape: [2, 4])
        func plan(_ layers: Set<String>) throws -> ExecutionPlan {
            var mode = ExecutionPlan.Mode.training(layers)
            mode.batchStatisticsLayers = []
            let plan = try ExecutionPlan(network, batchSize: 2, mode: mode)
            _ = try plan.forward(input, parameters)
            try plan.backward(upstream, input: input, parameters)
            return plan
        }
        let (whole, part) = (try plan(Set(network.nodes.map(\.name))), try plan(trained))
        #expect(Set(part.gradientKeys.map(\.layer)) == trained)
        for key in part.gradientKeys {
            let wanted = try #require(whole.gradient(of: key)?.elements)
            let found = try #require(part.gradient(of: key)?.elements)
            let size = wanted.map(abs).max() ?? 0
            #expect(Self.largestDifference(found, wanted) <= 1e-4 * size, "\(key)")
        }
    }

    @Test func `A changed array changes the next run`() throws {
        let network = try NetworkTests.residual()
        var parameters = NetworkTests.randomParameters(of: network)
        let input = NetworkTests.input(of: network, batch: 1)
        let plan = try ExecutionPlan(network, batchSize: 1)
        let first = try plan.forward(input, parameters)
        #expect(try plan.forward(input, parameters) == first)
        for key in [("conv1", "kernel"), ("bn1", "gamma"), ("bn3", "moving_mean"), ("predictions", "bias")] {
            parameters[key.0, key.1]?[0] += 1
            let changed = try plan.forward(input, parameters)
            #expect(try ExecutionPlan(network, batchSize: 1).forward(input, parameters) == changed)
            #expect(changed != first, "\(key)")
        }
    }

    @Test func `Plans that share a workspace do not disturb each other between runs`() throws {
        let network = try NetworkTests.residual()
        let parameters = NetworkTests.randomParameters(of: network)
        let workspace = Workspace()
        let small = try ExecutionPlan(network, batchSize: 1, workspace: workspace)
        let large = try ExecutionPlan(network, batchSize: 5, workspace: workspace)
        let input = NetworkTests.input(of: network, batch: 1)
        let first = try small.forward(input, parameters)
        _ = try large.forward(NetworkTests.input(of: network, batch: 5), parameters)
        #expect(try small.forward(input, parameters) == first)
    }

    @Test func `An input of another shape is refused`() throws {
        let network = try NetworkTests.residual()
        let plan = try ExecutionPlan(network, batchSize: 2)
        #expect(throws: LayerError.self) {
            _ = try plan.forward(Tensor(zeros: [2, 9, 9, 1]), network.initialParameters(seed: 1))
        }
        #expect(throws: LayerError.missingParameter(ParameterKey("predictions", "kernel"))) {
            _ = try plan.forward(Tensor(zeros: [2, 9, 9, 3]), Parameters())
        }
    }

    @Test func `Dropout keeps the mean, drops its share, and depends on the seed only`() throws {
        var builder = NetworkBuilder("dropout", input: [20_000])
        var x = try builder.add(Dropout("dropout", rate: 0.25), to: builder.input)
        x = try builder.add(BatchNormalization("bn", epsilon: 0), to: x)
        let network = builder.build(output: x)
        let plan = try ExecutionPlan(network, batchSize: 1, mode: .training(["dropout"]))
        let input = Tensor(repeating: 1, shape: [1, 20_000])
        let parameters = network.initialParameters(seed: 1)
        let output = try plan.forward(input, parameters, seed: 3).elements
        let dropped = output.count { $0 == 0 }
        #expect(abs(dropped - 5000) < 300)
        #expect(output.allSatisfy { $0 == 0 || abs($0 - 4.0 / 3) < 1e-5 })
        #expect(try plan.forward(input, parameters, seed: 3).elements == output)
        #expect(try plan.forward(input, parameters, seed: 4).elements != output)
    }
}
