import Tensors
import Testing

@testable import Layers

@Suite struct NetworkSplitTests {
    /// A shortcut past two layers, the second of which is called twice.
    private static func network() throws -> Network {
        var network = NetworkBuilder("shortcuts", input: [6, 6, 2])
        let stem = try network.add(
            Conv2D("stem", filters: 3, kernelSize: 3, padding: .same), to: network.input)
        var x = try network.add(Conv2D("twice", filters: 3, kernelSize: 1), to: stem)
        x = try network.add(Activation("relu", .relu), to: x)
        x = try network.call("twice", as: "again", to: [x])
        x = try network.add(Add("sum"), to: [x, stem])
        x = try network.add(GlobalAveragePooling2D("pool"), to: x)
        x = try network.add(Dense("predictions", units: 3, activation: .softmax), to: x)
        return network.build(output: x)
    }

    private static var pictures: Tensor {
        var random = SeededRandom(seed: 2)
        return Tensor(shape: [2, 6, 6, 2]) { elements in
            for index in elements.indices { elements[index] = random.uniform() }
        }
    }

    @Test(arguments: ["stem", "twice", "relu", "again", "sum", "pool"])
    func `Both parts together give the network's outputs, whatever goes past the layer`(
        layer: String
    ) throws {
        let network = try Self.network()
        let parameters = network.initialParameters(seed: 1)
        let split = try network.split(after: layer)
        let joints = try ExecutionPlan(split.before, batchSize: 2).forward([Self.pictures], parameters)
        #expect(joints.count == (["twice", "relu", "again"].contains(layer) ? 2 : 1))
        let outputs = try ExecutionPlan(split.after, batchSize: 2).forward(joints, parameters)
        let expected = try ExecutionPlan(network, batchSize: 2).forward(Self.pictures, parameters)
        #expect(zip(outputs[0].elements, expected.elements).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `The gradient with respect to a layer beside a shortcut is that of finite differences`() throws
    {
        let network = try Self.network()
        let parameters = network.initialParameters(seed: 1)
        let split = try network.split(after: "twice")
        let joints = try ExecutionPlan(split.before, batchSize: 2).forward([Self.pictures], parameters)
        var mode = ExecutionPlan.Mode.inference
        (mode.isTraining, mode.wantsInputGradient, mode.stopsBeforeSoftmax) = (true, true, true)
        let plan = try ExecutionPlan(split.after, batchSize: 2, mode: mode)
        _ = try plan.forward(joints, parameters)
        var chosen = Tensor(zeros: [2, 3])
        (chosen[1], chosen[5]) = (1, 1)
        try plan.backward(chosen, inputs: joints, parameters)
        let gradient = try #require(plan.inputGradient)
        for index in stride(from: 0, to: gradient.elementCount, by: 17) {
            let scores = try [Float(-1e-2), 1e-2].map { step in
                var moved = joints
                moved[0][index] += step
                let scores = try plan.forward(moved, parameters)[0]
                return scores[1] + scores[5]
            }
            #expect(abs((scores[1] - scores[0]) / 2e-2 - gradient[index]) < 1e-3)
        }
    }

    @Test func `A layer that leads to no output cannot split a network`() throws {
        let network = try Self.network()
        #expect(throws: LayerError.nothingBehind(layer: "predictions", network: "shortcuts")) {
            try network.split(after: "predictions")
        }
    }

    @Test func `Layers that only change the shape are left out behind the scores`() throws {
        var builder = NetworkBuilder("reshaped", input: [1, 1, 3])
        var x = try builder.add(Conv2D("scores", filters: 4, kernelSize: 1), to: builder.input)
        x = try builder.add(Activation("softmax", .softmax), to: x)
        x = try builder.add(Flatten("flatten"), to: x)
        let network = builder.build(output: x)
        let end = network.withoutShapeChangesAtEnd()
        #expect(end.nodes[end.output].name == "softmax")
        #expect(try Self.network().withoutShapeChangesAtEnd().nodes.count == Self.network().nodes.count)
    }
}
