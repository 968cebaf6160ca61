import Tensors
import Testing

@testable import Layers

/// A shared layer against the same network with a layer of equal arrays in its place.
@Suite struct SharedLayerTests {
    /// Layers with arrays of every kind, called twice; or each call with arrays of its own.
    private static func network(isShared: Bool) throws -> Network {
        var builder = NetworkBuilder("twice", input: [6, 6, 3])
        let layers: [(String) -> any Layer] = [
            { Conv2D($0 + "conv", filters: 3, kernelSize: 3, padding: .same) },
            { BatchNormalization($0 + "batch") }, { PReLU($0 + "slope", sharedAxes: [1, 2]) },
            { DepthwiseConv2D($0 + "depthwise", kernelSize: 3, padding: .same) },
            { LayerNormalization($0 + "rows") }, { Dense($0 + "pixels", units: 3) },
        ]
        var x = builder.input
        for layer in layers { x = try builder.add(layer(""), to: x) }
        for layer in layers {
            let second = layer("second_")
            x =
                isShared
                ? try builder.call(layer("").name, as: second.name, to: [x])
                : try builder.add(second, to: [x])
        }
        x = try builder.add(GlobalAveragePooling2D("pool"), to: x)
        let dense = try builder.add(Dense("dense", units: 3), to: x)
        let again = { (builder: inout NetworkBuilder) in
            isShared
                ? try builder.call("dense", as: "second_dense", to: [dense])
                : try builder.add(Dense("second_dense", units: 3), to: [dense])
        }
        let output = try again(&builder)
        return builder.build(output: output)
    }

    private static func trained(_ network: Network) -> ExecutionPlan.Mode {
        .training(Set(network.nodes.map(\.name)))
    }

    /// The arrays of the shared network, and those of the other: each twice.
    private static func parameters() throws -> (shared: Parameters, separate: Parameters) {
        let network = try network(isShared: true)
        let shared = NetworkTests.randomParameters(of: network)
        var separate = shared
        for key in shared.keys { separate["second_" + key.layer, key.name] = shared[key] }
        return (shared, separate)
    }

    @Test func `A shared layer has its arrays once`() throws {
        let (shared, separate) = (try Self.network(isShared: true), try Self.network(isShared: false))
        #expect(2 * shared.parameterCount == separate.parameterCount)
        #expect(try shared.node("second_conv").layer.className == "Conv2D")
    }

    @Test func `Both calls of a layer compute with the same arrays`() throws {
        let (shared, separate) = try Self.parameters()
        let network = try Self.network(isShared: true)
        let input = NetworkTests.input(of: network, batch: 2)
        let one = try ExecutionPlan(network, batchSize: 2).forward(input, shared)
        let two = try ExecutionPlan(Self.network(isShared: false), batchSize: 2).forward(input, separate)
        // The others' normalization is folded into their convolution.
        #expect(zip(one.elements, two.elements).allSatisfy { abs($0 - $1) < 1e-4 })
    }

    @Test func `Gradients of both calls add up`() throws {
        let (shared, separate) = try Self.parameters()
        let networks = (try Self.network(isShared: true), try Self.network(isShared: false))
        let input = NetworkTests.input(of: networks.0, batch: 2)
        let gradient = Tensor([1, -2, 0.5, 0.25, 1, -1], shape: [2, 3])
        let one = try ExecutionPlan(networks.0, batchSize: 2, mode: Self.trained(networks.0))
        let two = try ExecutionPlan(networks.1, batchSize: 2, mode: Self.trained(networks.1))
        _ = try (one.forward(input, shared), two.forward(input, separate))
        try one.backward(gradient, input: input, shared)
        try two.backward(gradient, input: input, separate)
        #expect(one.gradientKeys.count == networks.0.parameters.count { $0.spec.isTrainable })
        for key in one.gradientKeys {
            let sum = try #require(one.gradient(of: key))
            let parts = try (
                #require(two.gradient(of: key)),
                #require(two.gradient(of: ParameterKey("second_" + key.layer, key.name)))
            )
            let scale = max(1, sum.elements.map(abs).max() ?? 0)
            for index in sum.elements.indices {
                let expected = parts.0.elements[index] + parts.1.elements[index]
                #expect(abs(sum.elements[index] - expected) < 1e-4 * scale, "\(key)")
            }
        }
    }

    @Test func `Gradients are handed over when those of both calls are known`() throws {
        var (parameters, _) = try Self.parameters()
        let network = try Self.network(isShared: true)
        let input = NetworkTests.input(of: network, batch: 2)
        let gradient = Tensor([1, -2, 0.5, 0.25, 1, -1], shape: [2, 3])
        let kept = try ExecutionPlan(network, batchSize: 2, mode: Self.trained(network))
        _ = try kept.forward(input, parameters)
        try kept.backward(gradient, input: input, parameters)
        var mode = Self.trained(network)
        mode.keepsGradients = false
        let handed = try ExecutionPlan(network, batchSize: 2, mode: mode)
        _ = try handed.forward(input, parameters)
        var seen: [ParameterKey] = []
        try handed.backward(gradient, input: input, updating: &parameters) { key, tensor, gradient in
            seen.append(key)
            let expected = kept.gradient(of: key)!.elements
            for index in expected.indices { #expect(abs(expected[index] - gradient[index]) < 1e-5, "\(key)") }
            tensor.withMutableElements { $0[0] = 1e9 }
        }
        #expect(Set(seen) == Set(kept.gradientKeys) && seen.count == kept.gradientKeys.count)
    }

    @Test func `Of a layer whose first call is cut off, the second has the arrays`() throws {
        var builder = NetworkBuilder("siamese", input: [4], inputName: "left")
        let right = try builder.addInput("right", shape: [4])
        let one = try builder.add(Dense("dense", units: 2), to: builder.input)
        let two = try builder.call("dense", as: "again", to: [right])
        let network = builder.build(outputs: [one, two])
        let part = try network.until("again")
        #expect(part.nodes.map(\.name) == ["right", "dense"] && part.inputs == [0])
        #expect(part.parameters.map(\.key) == network.parameters.map(\.key))
    }

    @Test func `A network is not cut between two calls of a layer`() throws {
        var builder = NetworkBuilder("n", input: [4])
        var x = try builder.add(Dense("dense", units: 4), to: builder.input)
        x = try builder.add(Activation("between", .relu), to: x)
        x = try builder.call("dense", as: "again", to: [x])
        x = try builder.add(Dense("classes", units: 2), to: x)
        let cut = builder.build(output: x).cut(for: .training(["classes"]))
        #expect(cut?.prefix.nodes.last?.name == "again")
        #expect(cut?.suffix.nodes.map(\.name) == ["again", "classes"])
    }

    @Test func `A layer is not called with what does not go with its arrays`() throws {
        var builder = NetworkBuilder("n", input: [4])
        let x = try builder.add(Dense("dense", units: 3), to: builder.input)
        #expect(throws: LayerError.self) { _ = try builder.call("dense", as: "again", to: [x]) }
        #expect(throws: LayerError.unknownLayer("dens", network: "n", nearest: ["dense"])) {
            _ = try builder.call("dens", as: "again", to: [x])
        }
    }

    @Test func `Several inputs come in, and several outputs out`() throws {
        var builder = NetworkBuilder("pair", input: [2], inputName: "left")
        let right = try builder.addInput("right", shape: [2])
        let sum = try builder.add(Add("sum"), to: [builder.input, right])
        let product = try builder.add(Multiply("product"), to: [builder.input, right])
        let network = builder.build(outputs: [sum, product, right])
        let plan = try ExecutionPlan(network, batchSize: 1)
        let inputs = [Tensor([1, 2], shape: [1, 2]), Tensor([3, 5], shape: [1, 2])]
        let outputs = try plan.forward(inputs, Parameters())
        #expect(outputs.map { Array($0.elements) } == [[4, 7], [3, 10], [3, 5]])
        let error = #expect(throws: LayerError.self) { try plan.forward(inputs[0], Parameters()) }
        #expect("\(error!)".contains("found 'left', 'right' in and 'sum', 'product', 'right' out"))
        #expect(throws: LayerError.self) { try ExecutionPlan(network, batchSize: 1, mode: .training([])) }
    }
}
