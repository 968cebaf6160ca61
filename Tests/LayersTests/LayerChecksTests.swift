import Foundation
import Tensors
import Testing

@testable import Layers

/// What layers refuse, what they are called, and how plans run them.
@Suite struct LayerChecksTests {
    private static let picture: Shape = [6, 5, 4]

    private typealias Case = (initializer: Initializer, variance: Double, isUniform: Bool)

    /// For a kernel of fan in 36 and fan out 72.
    private static let initializers: [Case] = [
        Case(.glorotUniform, 1 / 54.0, true), Case(.glorotNormal, 1 / 54.0, false),
        Case(.heUniform, 1 / 18.0, true), Case(.heNormal, 1 / 18.0, false),
        Case(.lecunUniform, 1 / 36.0, true), Case(.lecunNormal, 1 / 36.0, false),
        Case(.randomNormal(mean: 0, deviation: 0.5), 0.25, false),
        Case(.randomUniform(low: -3, high: 3), 3, true),
        Case(
            .varianceScaling(scale: 3, mode: .fanOut, distribution: .untruncatedNormal), 1 / 24.0, false),
    ]

    private static let refused: [(layer: any Layer, name: String)] = [
        (ReLU("x", negativeSlope: -1), "negative slope"),
        (ReLU("x", threshold: -1), "threshold"),
        (ReLU("x", maxValue: .nan), "maximum"),
        (PReLU("x", sharedAxes: [0]), "shared axes"),
        (Softmax("x", axes: [0]), "axis"),
        (Softmax("x", axes: [1, 4]), "axis"),
        (BatchNormalization("x", axis: 1), "axis"),
        (LayerNormalization("x", axes: []), "axis"),
        (LayerNormalization("x", axes: [3, 1]), "axis"),
        (LayerNormalization("x", axes: [-4]), "axis"),
        (GroupNormalization("x", axis: 0), "axis"),
        (GroupNormalization("x", groups: 3), "groups"),
        (GroupNormalization("x", groups: 0), "groups"),
        (Normalization("x", axes: [0]), "axis"),
        (Normalization("x", axes: [1, 1]), "axis"),
        (Normalization("x", mean: GivenNumbers([1, 2]), variance: GivenNumbers([1])), "mean"),
        (Rescaling("x", scale: [1, 2, 3]), "scale"),
        (Resizing("x", size: Pair(0, 3)), "size"),
        (UpSampling2D("x", size: Pair(2, 0)), "size"),
        (Cropping2D("x", cropping: 3), "cropping"),
        (Cropping2D("x", before: Pair(-1, 0), after: 0), "cropping"),
        (Permute("x", dims: [1, 2]), "dims"),
        (Permute("x", dims: [1, 1, 2]), "dims"),
        (SeparableConv2D("x", filters: 0, kernelSize: 3), "filters"),
        (SeparableConv2D("x", filters: 3, kernelSize: 3, depthMultiplier: 0), "depth multiplier"),
        (Conv2DTranspose("x", filters: 3, kernelSize: 3, outputPadding: 1), "output padding"),
        (Conv2DTranspose("x", filters: 3, kernelSize: 3, strides: 0), "strides"),
        (RandomAugmentation("x", className: "RandomFlop"), "class"),
        (Concatenate("x", axis: 4), "axis"),
    ]

    @Test(arguments: refused)
    func `A hyper-parameter out of range is named`(layer: any Layer, name: String) {
        let error = #expect(throws: LayerError.self) {
            _ = try layer.outputShape(for: [Self.picture, Self.picture])
        }
        let alone = #expect(throws: LayerError.self) { _ = try layer.outputShape(for: [Self.picture]) }
        let sentences = [error, alone].compactMap { $0?.description }
        #expect(sentences.contains { $0.contains("expected \(name) to be") }, "\(sentences)")
        #expect(sentences.allSatisfy { $0.hasPrefix("layer 'x' (\(layer.className))") }, "\(sentences)")
    }

    @Test func `A transposed convolution refuses an output that no convolution fits`() {
        // Keras lets it pass, and TensorFlow then stops in the middle of a run.
        let layer = Conv2DTranspose(
            "x", filters: 3, kernelSize: 2, strides: 2, padding: .same, outputPadding: 0)
        #expect(throws: LayerError.self) { _ = try layer.outputShape(for: [Self.picture]) }
    }

    @Test func `Merging layers refuse shapes that do not fit`() {
        for layer: any Layer in [Add("x"), Multiply("x"), Average("x"), Subtract("x"), Maximum("x")] {
            #expect(throws: LayerError.self) { _ = try layer.outputShape(for: [[4, 4, 3], [4, 4, 2]]) }
            #expect(throws: LayerError.self) { _ = try layer.outputShape(for: [[4, 1, 3], [1, 4, 3]]) }
            #expect(throws: LayerError.self) { _ = try layer.outputShape(for: [[4, 4, 3]]) }
        }
        #expect(throws: LayerError.self) { _ = try Subtract("x").outputShape(for: [[3], [3], [3]]) }
        #expect(throws: LayerError.self) { _ = try Maximum("x").outputShape(for: [[1, 1, 3], [4, 4, 3]]) }
    }

    @Test func `An augmentation keeps its class's name`() {
        let layer: any Layer = RandomAugmentation("flip", className: "RandomFlip")
        #expect(layer.className == "RandomFlip")
        #expect((Add("add") as any Layer).className == "Add")
    }

    @Test func `Functions are known by all of their names`() {
        #expect(ActivationFunction(kerasName: "silu") == .swish)
        #expect(ActivationFunction(kerasName: "hard_silu") == .hardSwish)
        #expect(ActivationFunction(kerasName: "leaky_relu") == .leakyRelu)
        #expect(ActivationFunction(kerasName: "sparsemax") == nil)
    }

    @Test func `Frozen separable convolutions take in normalization, rectifier and sum`() throws {
        var builder = NetworkBuilder("separable", input: [8, 8, 16])
        var x = try builder.add(
            SeparableConv2D("a", filters: 16, kernelSize: 3, padding: .same, useBias: false),
            to: builder.input)
        x = try builder.add(BatchNormalization("bn_a"), to: x)
        let side = try builder.add(Activation("relu", .relu), to: x)
        x = try builder.add(
            SeparableConv2D("b", filters: 16, kernelSize: 3, padding: .same, useBias: false), to: side)
        x = try builder.add(BatchNormalization("bn_b"), to: x)
        x = try builder.add(Add("add"), to: [x, side])
        let network = builder.build(output: x)
        let operations = GraphFusion.fused(OperationGraph(network), for: .inference).operations
        #expect(operations.count == 4)
        #expect(operations[1].functions == [.relu] && operations[1].foldedNormalization != nil)
        #expect(operations[3].accumulates && operations[3].foldedNormalization != nil)
    }

    @Test func `A frozen scale a channel is folded into the layer before it`() throws {
        var builder = NetworkBuilder("scaled", input: [4, 4, 3])
        var x = try builder.add(Dense("dense", units: 5), to: builder.input)
        x = try builder.add(LayerScale("scale", projectionDim: 5), to: x)
        let network = builder.build(output: x)
        #expect(GraphFusion.fused(OperationGraph(network), for: .inference).operations.count == 1)
    }

    @Test(arguments: initializers)
    func `Initializers have Keras's variances`(
        initializer: Initializer, variance: Double, isUniform: Bool
    ) {
        var (sum, squares, largest, count) = (0.0, 0.0, 0.0, 0.0)
        for stream in 0..<40 {
            var random = SeededRandom(seed: 1, stream: stream)
            for value in initializer([3, 3, 4, 8], random: &random).elements.map(Double.init) {
                (sum, squares, largest, count) = (
                    sum + value, squares + value * value, max(largest, abs(value)), count + 1
                )
            }
        }
        #expect(abs(squares / count / variance - 1) < 0.04)
        #expect(abs(sum / count) < 0.04 * variance.squareRoot())
        // The bound of a uniform distribution is √3 deviations; normal ones reach farther.
        #expect((largest < (3 * variance).squareRoot() * 1.0001) == isUniform)
    }
}
