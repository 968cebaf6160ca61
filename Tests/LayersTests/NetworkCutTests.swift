import Tensors
import Testing

@testable import Layers

@Suite struct NetworkCutTests {
    /// Convolution, normalization, a branch that is added, pooling, dropout, classifier.
    private static func network() throws -> Network {
        var network = NetworkBuilder("small", input: [8, 8, 1])
        var x = try network.add(Conv2D("conv", filters: 4, kernelSize: 3, padding: .same), to: network.input)
        x = try network.add(BatchNormalization("bn"), to: x)
        let branch = try network.add(Conv2D("branch", filters: 4, kernelSize: 1), to: x)
        x = try network.add(Add("sum"), to: [x, branch])
        x = try network.add(ZeroPadding2D("pad", padding: 1), to: x)
        x = try network.add(Conv2D("last", filters: 2, kernelSize: 3), to: x)
        x = try network.add(GlobalAveragePooling2D("pool"), to: x)
        x = try network.add(Dropout("dropout", rate: 0.5), to: x)
        x = try network.add(Dense("predictions", units: 3, activation: .softmax), to: x)
        return network.build(output: x)
    }

    private static func ends(training layers: Set<String>) throws -> String? {
        let cut = try network().cut(for: .training(layers))
        return cut.map { $0.prefix.nodes[$0.prefix.output].name }
    }

    @Test func `A head's features end before its dropout, where they are smallest`() throws {
        #expect(try Self.ends(training: ["predictions"]) == "pool")
    }

    @Test func `A padding is left to the part that is trained`() throws {
        #expect(try Self.ends(training: ["last", "predictions"]) == "sum")
    }

    @Test func `Nothing is cut between the branches of a block`() throws {
        #expect(try Self.ends(training: ["branch", "last", "predictions"]) == "bn")
    }

    @Test func `A normalization that is trained, or uses the batch's statistics, is not fixed`() throws {
        #expect(try Self.ends(training: ["bn", "predictions"]) == "conv")
        var mode = ExecutionPlan.Mode.training(["predictions"])
        mode.batchStatisticsLayers = ["bn"]
        let cut = try #require(try Self.network().cut(for: mode))
        #expect(cut.prefix.nodes[cut.prefix.output].name == "conv")
    }

    @Test func `A layer of random numbers that is quiet ends no beginning, one that draws does`() throws {
        var network = NetworkBuilder("deep", input: [8, 8, 1])
        var x = try network.add(Conv2D("conv", filters: 4, kernelSize: 3), to: network.input)
        x = try network.add(StochasticDepth("depth", dropPathRate: 0.5), to: x)
        x = try network.add(Conv2D("last", filters: 4, kernelSize: 3), to: x)
        x = try network.add(GlobalAveragePooling2D("pool"), to: x)
        x = try network.add(Dense("predictions", units: 3), to: x)
        let built = network.build(output: x)
        var mode = ExecutionPlan.Mode.training(["predictions"])
        let drawing = try #require(built.cut(for: mode))
        #expect(drawing.prefix.nodes[drawing.prefix.output].name == "conv")
        mode.quietLayers = ["depth"]
        let quiet = try #require(built.cut(for: mode))
        #expect(quiet.prefix.nodes[quiet.prefix.output].name == "pool")
    }

    @Test func `A network that is trained from its first layer is not cut`() throws {
        #expect(try Self.ends(training: ["conv", "predictions"]) == nil)
        var network = NetworkBuilder("shallow", input: [4])
        let end = try network.add(Dense("predictions", units: 3), to: network.input)
        #expect(network.build(output: end).cut(for: .training(["predictions"])) == nil)
    }

    @Test func `Both parts together have the network's arrays and give its outputs`() throws {
        let network = try Self.network()
        let parameters = network.initialParameters(seed: 1)
        let input = network.inputShape.batched(3)
        var random = SeededRandom(seed: 2)
        let pictures = Tensor(shape: input) { elements in
            for index in elements.indices { elements[index] = random.uniform() }
        }
        for layers in [["predictions"], ["last", "predictions"], ["branch", "predictions"]] {
            let cut = try #require(network.cut(for: .training(Set(layers))))
            #expect(
                (cut.prefix.parameters + cut.suffix.parameters).map(\.key) == network.parameters.map(\.key))
            let features = try ExecutionPlan(cut.prefix, batchSize: 3).forward(pictures, parameters)
            let outputs = try ExecutionPlan(cut.suffix, batchSize: 3).forward(features, parameters)
            let expected = try ExecutionPlan(network, batchSize: 3).forward(pictures, parameters)
            #expect(zip(outputs.elements, expected.elements).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }

    @Test func `A network's hash changes with its settings and with any number of its arrays`() throws {
        let network = try Self.network()
        let parameters = network.initialParameters(seed: 1)
        let hash = try network.contentHash(parameters)
        #expect(try Self.network().contentHash(network.initialParameters(seed: 1)) == hash)
        var other = parameters
        _ = other.update(ParameterKey("bn", "moving_mean")) { $0[3] += 1e-6 }
        #expect(try network.contentHash(other) != hash)
        let slopes = try [Float(0.1), 0.2].map { slope in
            var builder = NetworkBuilder("small", input: [4])
            let end = try builder.add(LeakyReLU("leaky", negativeSlope: slope), to: builder.input)
            return try builder.build(output: end).contentHash(Parameters())
        }
        #expect(slopes[0] != slopes[1])
    }
}
