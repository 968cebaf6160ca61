import Tensors

/// What a training step of a plain classifier on features computes: dense layers, each with a rectifier or with
/// nothing behind it, and dropout between them.
///
/// Heads whose chains have equal ``layers`` can be computed together; their dropout may differ.
package struct HeadChain: Hashable, Sendable {
    /// A dense layer.
    package struct Layer: Hashable, Sendable {
        /// `[inputs, outputs]`.
        package var kernel: ParameterKey
        package var bias: ParameterKey?
        package var inputs: Int
        package var outputs: Int
        /// Whether what is negative becomes zero.
        package var rectifies: Bool
    }

    /// A dropout of every element by itself.
    package struct Dropout: Hashable, Sendable {
        package var rate: Float
        /// The stream of random numbers that the mask is drawn from.
        package var stream: Int

        /// Fills a mask with 0 and 1 / (1 - rate), as an ``ExecutionPlan`` does.
        package func draw(into mask: inout MutableSpan<Float>, range: Range<Int>, seed: UInt64) {
            Noise.dropout(rate: rate).fill(&mask, range, seed: seed, stream: stream)
        }
    }

    /// The layers, first to last.
    package private(set) var layers: [Layer] = []
    /// What is dropped of each layer's inputs.
    package private(set) var dropouts: [Dropout?] = []

    /// Heads with more numbers than this keep the processor busy one by one.
    private static let limit = 1 << 22

    /// What a network computes in a mode of training, up to its logits; nil where that is anything else, or some of
    /// its arrays are not trained.
    package init?(_ network: Network, mode: ExecutionPlan.Mode) {
        guard network.inputs.count == 1, network.outputs.count == 1 else { return nil }
        let graph = GraphFusion.fused(OperationGraph(network), for: mode)
        let specs = Dictionary(uniqueKeysWithValues: network.parameters.map { ($0.key, $0.spec) })
        var (value, dropout) = (graph.input, Dropout?.none)
        for (index, operation) in graph.operations.enumerated() {
            guard operation.inputs == [value], !operation.accumulates else { return nil }
            value = operation.output
            switch operation.kind {
            case .noise(.dropout(let rate), .multiply, let drawn) where dropout == nil:
                guard drawn == graph.shape(of: value) else { return nil }
                dropout = Dropout(rate: rate, stream: index)
            case .innerProduct(let kernel, let bias):
                guard let shape = specs[kernel]?.shape, mode.isTrainable(kernel),
                    [[], [.relu]].contains(operation.functions)
                else { return nil }
                layers.append(
                    Layer(
                        kernel: kernel, bias: bias, inputs: shape[0], outputs: shape[1],
                        rectifies: operation.functions == [.relu]))
                dropouts.append(dropout)
                dropout = nil
            default: return nil
            }
        }
        let size = layers.reduce(0) { $0 + $1.inputs * $1.outputs }
        let keys = layers.map(\.kernel) + layers.compactMap(\.bias)
        guard value == graph.output, dropout == nil, size <= Self.limit, Set(keys).count == specs.count,
            keys.count == specs.count, layers.last?.rectifies == false
        else { return nil }
    }
}
