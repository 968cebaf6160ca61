import Architectures
import Layers
import Tensors
import Testing

@Suite struct ResidualBlocksTests {
    private func rates(_ network: Network) -> [Float] {
        network.nodes.compactMap { ($0.layer as? StochasticDepth)?.dropPathRate }
    }

    @Test(arguments: [
        ("resnet50", 1.0, 16), ("resnet101v2", 1, 33), ("mobilenet_v2", 0.35, 10),
        ("mobilenet_v3_small", 1, 6),
        ("mobilenet_v3_large_minimalistic", 1, 10),
    ])
    func `Every residual block has its place in the linear rule`(
        name: String, alpha: Double, blocks: Int
    ) throws {
        let plain = try Architecture.named(name).network(alpha: alpha, includeTop: false)
        let network = try plain.withStochasticDepth(rate: 0.3)
        let expected = (1...blocks).map { Float(0.3 * Double($0) / Double(blocks)) }
        #expect(rates(network) == expected)
        #expect(network.nodes.count == plain.nodes.count + blocks)
        #expect(network.parameters.map(\.key) == plain.parameters.map(\.key))
        #expect(network.groups == plain.groups)
        #expect(network.outputShape == plain.outputShape)
        #expect(try plain.withStochasticDepth(rate: 0).nodes.count == plain.nodes.count)
        // Behind the branch's last layer, before the sum; never behind the shortcut.
        for node in network.nodes where node.layer is Add {
            let sources = node.inputs.map { network.nodes[$0] }
            #expect(sources.count { $0.layer is StochasticDepth } == 1)
            let branch = try #require(sources.first { $0.layer is StochasticDepth })
            let last = network.nodes[branch.inputs[0]].name
            #expect(
                ["_3_bn", "_3_conv", "project_BN", "project_bn"].contains(where: last.hasSuffix), "\(last)")
        }
    }

    @Test(arguments: ["vgg16", "mobilenet"])
    func `A network without residual blocks is refused`(name: String) throws {
        let network = try Architecture.named(name).network(includeTop: false)
        let error = #expect(throws: ArchitectureError.self) { try network.withStochasticDepth(rate: 0.1) }
        let text = "\(try #require(error))"
        #expect(text.hasPrefix("\(name): stochastic depth leaves out residual blocks, of which it has none"))
        #expect(text.contains("resnet50"))
    }

    /// A block whose branch is a multiplication, so that all values are known.
    private func block() throws -> Network {
        var builder = NetworkBuilder("block", input: [2, 2, 3])
        builder.beginGroup("block1")
        let branch = try builder.add(Rescaling("branch", scale: 2), to: builder.input)
        let sum = try builder.add(Add("add"), to: [builder.input, branch])
        builder.beginGroup("head")
        return try builder.build(output: builder.add(Activation("out", .linear), to: sum))
    }

    @Test func `A picture gets the shortcut alone, or the branch scaled up, and inference is the mean`()
        throws
    {
        let network = try block().withStochasticDepth(rate: 0.25)
        let input = Tensor(repeating: 1, shape: [64, 2, 2, 3])
        #expect(
            try ExecutionPlan(network, batchSize: 64).forward(input, Parameters()).elements
                == Array(repeating: 3, count: 768))
        var mode = ExecutionPlan.Mode.training([])
        mode.wantsInputGradient = true
        let plan = try ExecutionPlan(network, batchSize: 64, mode: mode)
        var (kept, sum) = (0, 0.0)
        for seed in 0..<40 {
            let output = try plan.forward(input, Parameters(), seed: UInt64(seed)).elements
            for picture in 0..<64 {
                let values = Set(output[picture * 12..<(picture + 1) * 12])
                #expect(values == [1] || values == [1 + 2 / Float(0.75)])
                kept += values == [1] ? 0 : 1
                sum += Double(output[picture * 12])
            }
        }
        // 2560 pictures: the share's deviation is 0.0086.
        #expect(abs(Double(kept) / 2560 - 0.75) < 0.035)
        #expect(abs(sum / 2560 - 3) < 0.1)
    }
}
