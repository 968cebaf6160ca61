import Datasets
import Layers
import Tensors
import Testing

@testable import Training

@Suite struct TrainerTests {
    /// A small network with every kind of state: convolution, normalization, dropout, dense.
    static func network() throws -> Network {
        var builder = NetworkBuilder("small", input: [8, 8, 1])
        var x = builder.input
        builder.beginGroup("block1")
        x = try builder.add(Conv2D("conv", filters: 16, kernelSize: 3, padding: .same, useBias: false), to: x)
        x = try builder.add(BatchNormalization("bn"), to: x)
        x = try builder.add(Activation("relu", .relu), to: x)
        builder.beginGroup("head")
        x = try builder.add(GlobalAveragePooling2D("pool"), to: x)
        x = try builder.add(Dropout("dropout", rate: 0.2), to: x)
        x = try builder.add(Dense("predictions", units: 2, activation: .softmax), to: x)
        return builder.build(output: x)
    }

    /// Pictures with a vertical or a horizontal edge.
    static func batch(_ count: Int, seed: UInt64) -> (Tensor, [Int]) {
        var random = SeededRandom(seed: seed)
        let labels = (0..<count).map { $0 % 2 }
        let pictures = Tensor(shape: [count, 8, 8, 1]) { elements in
            for sample in 0..<count {
                for row in 0..<8 {
                    for column in 0..<8 {
                        let stripe = labels[sample] == 0 ? row % 2 : column % 2
                        elements[(sample * 8 + row) * 8 + column] =
                            Float(stripe) + 0.1 * random.uniform()
                    }
                }
            }
        }
        return (pictures, labels)
    }

    static func train(_ layers: Set<String>, steps: Int, seed: UInt64 = 1) throws -> (Trainer, [Double]) {
        let network = try network()
        var trainer = try Trainer(network, network.initialParameters(seed: seed), seed: seed)
        try trainer.beginStage(
            "stage", training: layers, optimizer: .adam(), regularization: Regularization())
        var losses: [Double] = []
        for step in 0..<steps {
            let (pictures, labels) = batch(16, seed: UInt64(step))
            losses.append(try trainer.step(pictures, .classes(labels), learningRate: 0.02).loss)
        }
        return (trainer, losses)
    }

    @Test func `Training learns what can be learnt`() throws {
        let (trainer, losses) = try Self.train(["conv", "bn", "predictions"], steps: 60)
        #expect(losses.suffix(5).allSatisfy { $0 < 0.1 })
        let (pictures, labels) = Self.batch(10, seed: 99)
        let probabilities = try trainer.predict(pictures)
        for (row, label) in labels.enumerated() {
            #expect(probabilities[row * 2 + label] > 0.5)
            #expect(abs(probabilities[row * 2] + probabilities[row * 2 + 1] - 1) < 1e-5)
        }
    }

    @Test func `Equal seeds give equal weights, bit for bit`() throws {
        let layers: Set<String> = ["conv", "bn", "predictions"]
        let (first, _) = try Self.train(layers, steps: 5)
        let (second, _) = try Self.train(layers, steps: 5)
        #expect(first.parameters == second.parameters)
        let (other, _) = try Self.train(layers, steps: 5, seed: 2)
        #expect(first.parameters != other.parameters)
    }

    @Test func `Frozen layers stay as they are, running statistics included`() throws {
        let network = try Self.network()
        let before = network.initialParameters(seed: 1)
        let (trainer, _) = try Self.train(["predictions"], steps: 3)
        for key in before.keys {
            #expect((trainer.parameters[key] == before[key]) == (key.layer != "predictions"), "\(key)")
        }
    }

    @Test func `A stage in which everything is frozen is refused`() throws {
        let network = try Self.network()
        var trainer = try Trainer(network, network.initialParameters(seed: 1), seed: 1)
        #expect(throws: TrainingError.nothingToTrain(stage: "warm-up")) {
            try trainer.beginStage(
                "warm-up", training: ["relu"], optimizer: .sgd(), regularization: Regularization())
        }
    }

    @Test func `An unknown label is refused`() throws {
        let network = try Self.network()
        var trainer = try Trainer(network, network.initialParameters(seed: 1), seed: 1)
        try trainer.beginStage(
            "stage", training: ["predictions"], optimizer: .sgd(), regularization: Regularization())
        #expect(throws: TrainingError.label(2, classes: 2)) {
            _ = try trainer.step(Self.batch(2, seed: 1).0, [0, 2], learningRate: 0.1)
        }
    }

    @Test func `A loss that is not a number stops the training and says where`() throws {
        let network = try Self.network()
        var parameters = network.initialParameters(seed: 1)
        parameters["predictions", "bias"]?[0] = .nan
        var trainer = try Trainer(network, parameters, seed: 1)
        try trainer.beginStage(
            "stage", training: ["predictions"], optimizer: .sgd(), regularization: Regularization())
        let error = #expect(throws: TrainingError.self) {
            _ = try trainer.step(Self.batch(2, seed: 1).0, [0, 1], learningRate: 0.1)
        }
        #expect("\(try #require(error))".contains("the array 'predictions/bias' had values"))
    }

    @Test func `The first layer that makes infinite values of finite ones is named`() throws {
        var builder = NetworkBuilder("linear", input: [1])
        let x = try builder.add(Dense("first", units: 2), to: builder.input)
        let network = builder.build(
            output: try builder.add(Dense("second", units: 2, activation: .softmax), to: x))
        func problem(_ input: Float, _ change: (inout Parameters) -> Void) throws -> String {
            var parameters = network.initialParameters(seed: 1)
            change(&parameters)
            var trainer = try Trainer(network, parameters, seed: 1)
            try trainer.beginStage(
                "stage", training: ["second"], optimizer: .sgd(), regularization: Regularization())
            let error = #expect(throws: TrainingError.self) {
                _ = try trainer.step(Tensor([input], shape: [1, 1]), [0], learningRate: 0.5)
            }
            return "\(try #require(error))"
        }
        let start = "in step 1, at a learning rate of 0.5; "
        let advice = "; try a smaller learning rate, a warm-up, or 'clip_norm'"
        let first = try problem(10) { $0["first", "kernel"] = Tensor(repeating: 3e38, shape: [1, 2]) }
        #expect(
            first.hasSuffix("\(start)layer 'first' (Dense) was the first whose output is not finite\(advice)")
        )
        let second = try problem(10) {
            $0["first", "kernel"] = Tensor(repeating: 1e30, shape: [1, 2])
            $0["second", "kernel"] = Tensor(repeating: 1e30, shape: [2, 2])
        }
        #expect(second.contains("layer 'second' (Dense) was the first whose output is not finite"))
        let array = try problem(1) { $0["first", "bias"]?[1] = .nan }
        #expect(array.contains("the array 'first/bias' had values that are not finite before the step"))
        let pictures = try problem(.nan) { _ in }
        #expect(
            pictures.hasSuffix(
                "the pictures of the batch have values that are not finite; "
                    + "look for pictures that are damaged"))
    }

    @Test(arguments: [nil, Float(1)])
    func `A gradient that overflows stops the training before any array follows it`(clipNorm: Float?) throws {
        var builder = NetworkBuilder("steep", input: [1])
        let x = try builder.add(Dense("first", units: 1, useBias: false), to: builder.input)
        let network = builder.build(
            output: try builder.add(Dense("second", units: 2, activation: .softmax, useBias: false), to: x))
        var parameters = Parameters()
        parameters["first", "kernel"] = Tensor([0], shape: [1, 1])
        parameters["second", "kernel"] = Tensor([3e38, -3e38], shape: [1, 2])
        var trainer = try Trainer(network, parameters, seed: 1)
        try trainer.beginStage(
            "stage", training: ["first"], optimizer: .sgd(),
            regularization: Regularization(clipNorm: clipNorm))
        #expect(
            throws: TrainingError.gradientNotFinite(array: "first/kernel", step: 1, learningRate: 0.5)
        ) { _ = try trainer.step(Tensor([1e3], shape: [1, 1]), [1], learningRate: 0.5) }
        #expect(trainer.parameters == parameters)
    }

    @Test func `Gradients longer than the limit are shortened to it`() throws {
        let network = try Self.network()
        let before = network.initialParameters(seed: 1)
        var trainer = try Trainer(network, before, seed: 1)
        try trainer.beginStage(
            "stage", training: ["predictions"], optimizer: .sgd(),
            regularization: Regularization(clipNorm: 1e-3))
        let (pictures, labels) = Self.batch(4, seed: 1)
        _ = try trainer.step(pictures, .classes(labels), learningRate: 1)
        var squares = 0.0
        for name in ["kernel", "bias"] {
            let (old, new) = (before["predictions", name]!, trainer.parameters["predictions", name]!)
            for (a, b) in zip(old.elements, new.elements) { squares += Double((a - b) * (a - b)) }
        }
        #expect(abs(squares.squareRoot() - 1e-3) < 1e-5)
    }
}
