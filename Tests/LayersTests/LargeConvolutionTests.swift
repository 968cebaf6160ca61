import Tensors
import Testing

@testable import Layers

/// A 3x3 convolution of many pixels runs by Winograd's algorithm and in several parts of the batch; what it
/// gives is compared with the definition, worked out in double precision at places drawn at random.
@Suite struct LargeConvolutionTests {
    private static let (batch, size, inputs, outputs) = (8, 40, 32, 64)

    private let network: Network
    private let plan: ExecutionPlan
    private let output: [Float]
    private let (input, kernel, upstream): ([Float], [Float], [Float])

    init() throws {
        var builder = NetworkBuilder("large", input: [Self.size, Self.size, Self.inputs])
        let end = try builder.add(
            Conv2D("conv", filters: Self.outputs, kernelSize: 3, padding: .same, useBias: false),
            to: builder.input)
        network = builder.build(output: end)
        var mode = ExecutionPlan.Mode.training(["conv"])
        mode.wantsInputGradient = true
        plan = try ExecutionPlan(network, batchSize: Self.batch, mode: mode)
        let pictures = Self.noise([Self.batch, Self.size, Self.size, Self.inputs], stream: 1)
        let gradient = Self.noise([Self.batch, Self.size, Self.size, Self.outputs], stream: 2)
        var parameters = Parameters()
        parameters["conv", "kernel"] = Self.noise([3, 3, Self.inputs, Self.outputs], stream: 3)
        output = try plan.forward(pictures, parameters).elements
        try plan.backward(gradient, input: pictures, parameters)
        (input, kernel, upstream) = (
            pictures.elements, try #require(parameters["conv", "kernel"]).elements, gradient.elements
        )
    }

    private static func noise(_ shape: Shape, stream: Int) -> Tensor {
        var random = SeededRandom(seed: 5, stream: stream)
        return Tensor(
            (0..<shape.elementCount).map { _ in random.uniform(in: -1...1) }, shape: shape)
    }

    /// The element of a batch of pictures; zero outside.
    private static func pixel(
        _ pictures: [Float], _ picture: Int, _ y: Int, _ x: Int, _ channel: Int, of channels: Int
    ) -> Double {
        guard (0..<size).contains(y), (0..<size).contains(x) else { return 0 }
        return Double(pictures[((picture * size + y) * size + x) * channels + channel])
    }

    private func weight(_ row: Int, _ column: Int, _ input: Int, _ output: Int) -> Double {
        Double(kernel[((row * 3 + column) * Self.inputs + input) * Self.outputs + output])
    }

    @Test func `The output is the definition's`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<100 {
            let (n, y, x) = (
                random.index(below: Self.batch), random.index(below: Self.size),
                random.index(below: Self.size)
            )
            let channel = random.index(below: Self.outputs)
            var sum = 0.0
            for row in 0..<3 {
                for column in 0..<3 {
                    for i in 0..<Self.inputs {
                        sum +=
                            Self.pixel(input, n, y + row - 1, x + column - 1, i, of: Self.inputs)
                            * weight(row, column, i, channel)
                    }
                }
            }
            // Sums of 288 products have a size of about 6.
            #expect(abs(Self.pixel(output, n, y, x, channel, of: Self.outputs) - sum) < 1e-4)
        }
    }

    @Test func `The input's gradient is the definition's`() throws {
        let gradient = try #require(plan.inputGradient).elements
        var random = SeededRandom(seed: 12)
        for _ in 0..<100 {
            let (n, y, x) = (
                random.index(below: Self.batch), random.index(below: Self.size),
                random.index(below: Self.size)
            )
            let channel = random.index(below: Self.inputs)
            var sum = 0.0
            for row in 0..<3 {
                for column in 0..<3 {
                    for o in 0..<Self.outputs {
                        sum +=
                            Self.pixel(upstream, n, y - row + 1, x - column + 1, o, of: Self.outputs)
                            * weight(row, column, channel, o)
                    }
                }
            }
            #expect(abs(Self.pixel(gradient, n, y, x, channel, of: Self.inputs) - sum) < 1e-4)
        }
    }

    @Test func `The kernel's gradient is the definition's`() throws {
        let gradient = try #require(plan.gradient(of: ParameterKey("conv", "kernel"))).elements
        var random = SeededRandom(seed: 13)
        for _ in 0..<20 {
            let (row, column) = (random.index(below: 3), random.index(below: 3))
            let (i, o) = (random.index(below: Self.inputs), random.index(below: Self.outputs))
            var sum = 0.0
            for n in 0..<Self.batch {
                for y in 0..<Self.size {
                    for x in 0..<Self.size {
                        sum +=
                            Self.pixel(input, n, y + row - 1, x + column - 1, i, of: Self.inputs)
                            * Self.pixel(upstream, n, y, x, o, of: Self.outputs)
                    }
                }
            }
            let found = Double(gradient[((row * 3 + column) * Self.inputs + i) * Self.outputs + o])
            // Sums of 12800 products have a size of about 40.
            #expect(abs(found - sum) < 1e-3)
        }
    }
}
