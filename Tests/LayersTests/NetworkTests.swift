import Tensors
import Testing

@testable import Layers

@Suite struct NetworkTests {
    /// A residual network with a side branch, in three groups.
    static func residual() throws -> Network {
        var builder = NetworkBuilder("residual", input: [9, 9, 3])
        builder.beginGroup("stem")
        var x = try builder.add(ZeroPadding2D("pad", padding: 1), to: builder.input)
        x = try builder.add(Conv2D("conv1", filters: 16, kernelSize: 3, strides: 2), to: x)
        x = try builder.add(BatchNormalization("bn1"), to: x)
        x = try builder.add(Activation("relu1", .relu), to: x)
        builder.beginGroup("block")
        var y = try builder.add(Conv2D("conv2", filters: 16, kernelSize: 3, padding: .same), to: x)
        y = try builder.add(BatchNormalization("bn2"), to: y)
        y = try builder.add(ReLU("relu2", maxValue: 6), to: y)
        y = try builder.add(DepthwiseConv2D("depthwise", kernelSize: 3, padding: .same), to: y)
        y = try builder.add(BatchNormalization("bn3"), to: y)
        x = try builder.add(Add("add"), to: [x, y])
        x = try builder.add(Activation("out", .relu), to: x)
        builder.beginGroup("head")
        x = try builder.add(GlobalAveragePooling2D("pool"), to: x)
        x = try builder.add(Dense("predictions", units: 4, activation: .softmax), to: x)
        return builder.build(output: x)
    }

    /// Arrays that are not the trivial ones that a network begins with.
    static func randomParameters(of network: Network) -> Parameters {
        var parameters = network.initialParameters(seed: 4)
        for (index, (key, spec)) in network.parameters.enumerated() where spec.role != .kernel {
            var random = SeededRandom(seed: 8, stream: index)
            parameters[key] = Tensor(shape: spec.shape) { elements in
                for position in elements.indices { elements[position] = random.uniform(in: 0.5...1.5) }
            }
        }
        return parameters
    }

    static func input(of network: Network, batch: Int) -> Tensor {
        var random = SeededRandom(seed: 6)
        return Tensor(shape: network.inputShape.batched(batch)) { elements in
            for position in elements.indices { elements[position] = random.uniform(in: -1...1) }
        }
    }

    @Test func `Groups are listed from the input to the output`() throws {
        #expect(try Self.residual().groups == ["stem", "block", "head"])
    }

    @Test func `Two layers of one name are refused`() throws {
        var builder = NetworkBuilder("twice", input: [4])
        let x = try builder.add(Dense("dense", units: 3), to: builder.input)
        #expect(throws: LayerError.duplicateName("dense")) {
            _ = try builder.add(Dense("dense", units: 3), to: x)
        }
    }

    @Test func `A layer that cannot take its input says what it wants`() throws {
        var builder = NetworkBuilder("wrong", input: [4, 4, 3])
        let flat = try builder.add(Flatten("flatten"), to: builder.input)
        let error = #expect(throws: LayerError.self) {
            _ = try builder.add(Conv2D("conv1", filters: 3, kernelSize: 1), to: flat)
        }
        #expect(error?.description.contains("layer 'conv1' (Conv2D): expected an input of shape") == true)
        #expect(throws: LayerError.self) {
            _ = try builder.add(Conv2D("conv", filters: 8, kernelSize: 7), to: builder.input)
        }
        #expect(throws: LayerError.self) {
            _ = try builder.add(Conv2D("groups", filters: 8, kernelSize: 1, groups: 2), to: builder.input)
        }
        #expect(throws: LayerError.self) {
            _ = try builder.add(Dropout("dropout", rate: 1), to: builder.input)
        }
    }

    @Test func `A cut keeps what the named layer needs and nothing else`() throws {
        let cut = try Self.residual().until("relu2")
        #expect(cut.nodes.map(\.name).suffix(3) == ["conv2", "bn2", "relu2"])
        #expect(cut.outputShape == [5, 5, 16])
        #expect(throws: LayerError.self) { _ = try Self.residual().until("relu7") }
    }

    @Test func `A misspelt layer is met with the names that are near`() throws {
        let error = #expect(throws: LayerError.self) { _ = try Self.residual().node("conv") }
        #expect(
            error?.description == "network 'residual' has no layer 'conv'; did you mean 'conv1' or 'conv2'?")
    }

    @Test func `Missing and misshapen arrays are named`() throws {
        let network = try Self.residual()
        var parameters = network.initialParameters(seed: 1)
        parameters["bn2", "gamma"] = nil
        #expect(throws: LayerError.missingParameter(ParameterKey("bn2", "gamma"))) {
            try network.check(parameters)
        }
        parameters["bn2", "gamma"] = Tensor(zeros: [3])
        let key = ParameterKey("bn2", "gamma")
        #expect(throws: LayerError.parameterShape(key, expected: [16], found: [3])) {
            try network.check(parameters)
        }
    }

    @Test func `A layer that is added while the network is built is part of it`() throws {
        var builder = NetworkBuilder("small", input: [2, 2, 1])
        let network = builder.build(output: try builder.add(Flatten("flatten"), to: builder.input))
        #expect(network.outputShape == [4])
    }
}
