import Layers
import Tensors
import Testing

@testable import Training

/// Steps of heads, computed together and one by one.
@Suite struct HeadBatchTests {
    /// A head on features.
    struct Sample: Sendable, CustomTestStringConvertible {
        var features: Int
        var dense: [Int]
        var classes: Int
        var rows: Int
        var dropout: Float = 0
        var testDescription: String { "\(features)-\(dense)-\(classes), \(rows) samples, dropout \(dropout)" }

        func network() throws -> Network {
            var builder = NetworkBuilder("head", input: [features])
            var x = builder.input
            for (number, units) in dense.enumerated() {
                x = try builder.add(Dense("dense_\(number)", units: units, activation: .relu), to: x)
            }
            if dropout > 0 { x = try builder.add(Dropout("dropout", rate: dropout), to: x) }
            x = try builder.add(Dense("predictions", units: classes, activation: .softmax), to: x)
            return builder.build(output: x)
        }

        var mode: ExecutionPlan.Mode {
            .training(Set(dense.indices.map { "dense_\($0)" } + ["predictions"]))
        }

        func tensor(_ shape: Shape, seed: UInt64) -> Tensor {
            var random = SeededRandom(seed: seed)
            return Tensor((0..<shape.elementCount).map { _ in random.normal() }, shape: shape)
        }

        /// A step with arrays, features and a loss's gradient of its own.
        func step(_ number: UInt64, isFinite: Bool = true) throws -> HeadStep {
            let network = try network()
            let chain = try #require(HeadChain(network, mode: mode))
            let parameters = network.initialParameters(seed: number)
            let gradient = tensor([rows, classes], seed: number + 100)
            return HeadStep(
                chain: chain, inputs: tensor([rows, features], seed: number + 200),
                kernels: chain.layers.map { parameters[$0.kernel]! },
                biases: chain.layers.map { $0.bias.flatMap { parameters[$0] } }, seed: number,
                judge: { logits in isFinite ? Self.sum(gradient, logits) : nil })
        }

        /// A gradient that depends on the logits, so that these are compared, too.
        static func sum(_ gradient: Tensor, _ logits: Tensor) -> Tensor {
            Tensor(zip(gradient.elements, logits.elements).map { $0 + 0.1 * $1 }, shape: logits.shape)
        }
    }

    static let samples = [
        Sample(features: 16, dense: [], classes: 3, rows: 8),
        Sample(features: 40, dense: [12], classes: 5, rows: 7, dropout: 0.4),
        Sample(features: 2048, dense: [], classes: 7, rows: 32, dropout: 0.2),
        Sample(features: 300, dense: [64, 32], classes: 10, rows: 1, dropout: 0.5),
    ]

    private func arrays(_ gradients: HeadGradients?) throws -> [String: [Float]] {
        let gradients = try #require(gradients)
        return Dictionary(
            uniqueKeysWithValues: gradients.gradientKeys.map { key in
                ("\(key)", gradients.withGradient(of: key) { span in span.indices.map { span[$0] } } ?? [])
            })
    }

    @Test(arguments: samples, [1, 2])
    func `Steps that are computed together come out as each alone`(sample: Sample, threads: Int) throws {
        let before = ComputeThreads.current
        ComputeThreads.set(threads)
        defer { ComputeThreads.set(before) }
        let steps = try (0..<5).map { try sample.step($0) }
        let together = HeadBatch().results(of: steps)
        let alone = HeadBatch()
        for (step, result) in zip(steps, together) {
            #expect(try arrays(result.get()) == arrays(alone.gradients(of: step)))
        }
    }

    @Test(arguments: samples) func `A step is what a plan computes`(sample: Sample) throws {
        let step = try sample.step(3)
        let network = try sample.network()
        let plan = try ExecutionPlan(network, batchSize: sample.rows, mode: sample.mode)
        let parameters = network.initialParameters(seed: 3)
        let logits = try plan.forward(step.inputs, parameters, seed: 3)
        try plan.backward(#require(try step.judge(logits)), input: step.inputs, parameters)
        let found = try arrays(HeadBatch().gradients(of: step))
        #expect(Set(found.keys) == Set(plan.gradientKeys.map { "\($0)" }))
        for key in plan.gradientKeys {
            let expected = try #require(plan.gradient(of: key)).elements
            let scale = expected.map(abs).max() ?? 0
            let actual = try #require(found["\(key)"])
            let difference = zip(actual, expected).map { abs($0 - $1) }.max() ?? 0
            #expect(difference <= 1e-5 * scale, "\(key): \(difference) of \(scale)")
        }
    }

    @Test func `A head whose loss is not finite leaves the others alone`() throws {
        let sample = Self.samples[1]
        var steps = try (0..<4).map { try sample.step($0, isFinite: $0 != 1) }
        steps[1].inputs[0] = .nan
        steps[2].judge = { _ in throw TrainingError.nothingToTrain(stage: "test") }
        let results = HeadBatch().results(of: steps)
        #expect(try results[1].get() == nil)
        #expect(throws: TrainingError.self) { try results[2].get() }
        for index in [0, 3] {
            #expect(try arrays(results[index].get()) == arrays(HeadBatch().gradients(of: steps[index])))
        }
    }

    @Test func `Heads of other sizes, or with other batches, are computed beside each other`() throws {
        let steps = try Self.samples.map { try $0.step(1) }
        let results = HeadBatch().results(of: steps)
        for (step, result) in zip(steps, results) {
            #expect(try arrays(result.get()) == arrays(HeadBatch().gradients(of: step)))
        }
    }

    @Test func `Only plain classifiers of which everything is trained are heads of this kind`() throws {
        let sample = Self.samples[1]
        let network = try sample.network()
        #expect(HeadChain(network, mode: sample.mode)?.layers.count == 2)
        #expect(HeadChain(network, mode: .training(["predictions"])) == nil)
        var builder = NetworkBuilder("tanh", input: [4])
        let hidden = try builder.add(Dense("dense_0", units: 3, activation: .tanh), to: builder.input)
        let output = try builder.add(Dense("predictions", units: 2, activation: .softmax), to: hidden)
        #expect(HeadChain(builder.build(output: output), mode: sample.mode) == nil)
    }

    @Test func `Trainings in lockstep take their steps together, and those that end are not waited for`()
        throws
    {
        let sample = Self.samples[1]
        let lengths = [3, 1, 5, 0]
        var order: [Int] = []
        var found: [Int: [[String: [Float]]]] = [:]
        let errors = Lockstep.run(
            lengths.enumerated().map { index, length in
                { member in
                    for number in 0..<length {
                        order.append(index)
                        let step = try sample.step(UInt64(10 * index + number))
                        found[index, default: []].append(try arrays(member.gradients(of: step)))
                    }
                    if index == 1 { throw TrainingError.nothingToTrain(stage: "test") }
                }
            })
        #expect(errors.map { $0 == nil } == [true, false, true, true])
        #expect(order == [0, 1, 2, 0, 2, 0, 2, 2, 2])
        for (index, length) in lengths.enumerated() {
            for number in 0..<length {
                let alone = try HeadBatch().gradients(of: sample.step(UInt64(10 * index + number)))
                #expect(try found[index]?[number] == arrays(alone))
            }
        }
    }
}
