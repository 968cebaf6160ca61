import Tensors
import Wording

/// A graph of named layers, checked when it was built; mostly with one input and one output.
///
/// A network holds no arrays: it says which it needs (``parameters``), and whoever runs it brings them.
/// Build one with ``NetworkBuilder`` or take one from `Architectures`.
public struct Network: Sendable {
    /// A layer in its place.
    public struct Node: Sendable {
        /// The layer.
        public let layer: any Layer
        /// Where its inputs come from: positions in ``Network/nodes``, all before this one.
        public let inputs: [Int]
        /// The shapes of the inputs, without the batch.
        public let inputShapes: [Shape]
        /// The shape of the output, without the batch.
        public let outputShape: Shape
        /// The layer's arrays, in Keras's order.
        public let parameters: [ParameterSpec]
        /// The layer group that it belongs to.
        public let group: String

        /// The layer's name.
        public var name: String { layer.name }
        /// The keys of the layer's arrays.
        public var parameterKeys: [ParameterKey] { parameters.map { ParameterKey(name, $0.name) } }

        /// The node with another layer of the same name and the same output, whose arrays may be others.
        package func replacing(_ layer: any Layer) -> Node {
            Node(
                layer: layer, inputs: inputs, inputShapes: inputShapes, outputShape: outputShape,
                parameters: layer.parameters(for: inputShapes), group: group)
        }
    }

    /// The network's name, for messages and files.
    public let name: String
    /// The layers, each after those it takes its inputs from; the first is the input layer.
    public let nodes: [Node]
    /// The positions of the input layers; the first is 0.
    public let inputs: [Int]
    /// The positions of the layers whose outputs the network gives out.
    public let outputs: [Int]
    private let positions: [String: Int]

    init(name: String, nodes: [Node], inputs: [Int] = [0], outputs: [Int]) {
        self.name = name
        self.nodes = nodes
        self.inputs = inputs
        self.outputs = outputs
        positions = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.name, $0) })
    }

    /// The position of the output layer; the first one's, where there are several.
    public var output: Int { outputs[0] }
    /// The shape of one input, without the batch: `[H, W, C]`.
    public var inputShape: Shape { nodes[inputs[0]].outputShape }
    /// The shape of one output, without the batch.
    public var outputShape: Shape { nodes[output].outputShape }

    /// The layer of a name.
    /// - Throws: ``LayerError/unknownLayer(_:network:nearest:)``
    public func node(_ name: String) throws(LayerError) -> Node { nodes[try position(of: name)] }

    /// The position of the layer of a name.
    /// - Throws: ``LayerError/unknownLayer(_:network:nearest:)``
    public func position(of name: String) throws(LayerError) -> Int {
        guard let position = positions[name] else {
            throw .unknownLayer(
                name, network: self.name, nearest: nearestNames(to: name, among: nodes.map(\.name)))
        }
        return position
    }

    /// The network's layer groups, from the input to the output, each once.
    public var groups: [String] {
        var seen: Set<String> = []
        return nodes.dropFirst().map(\.group).filter { seen.insert($0).inserted }
    }

    /// Every array of the network, in the order of its layers.
    public var parameters: [(key: ParameterKey, spec: ParameterSpec)] {
        nodes.flatMap { node in node.parameters.map { (ParameterKey(node.name, $0.name), $0) } }
    }

    /// How many numbers the network's arrays have, statistics included, as Keras counts.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.spec.shape.elementCount } }

    /// New arrays for the whole network, the same for the same seed.
    public func initialParameters(seed: UInt64) -> Parameters {
        initialParameters(seed: seed, except: Parameters())
    }

    /// The same, without those that others take the place of.
    package func initialParameters(seed: UInt64, except others: Parameters) -> Parameters {
        var result = Parameters()
        for (index, (key, spec)) in parameters.enumerated() where others[key] == nil {
            var random = SeededRandom(seed: seed, stream: index)
            result[key] = spec.initializer(spec.shape, random: &random)
        }
        return result
    }

    /// Checks that every array is there and has its shape.
    /// - Throws: ``LayerError/missingParameter(_:)``, ``LayerError/parameterShape(_:expected:found:)``
    public func check(_ values: Parameters) throws(LayerError) {
        for (key, spec) in parameters {
            guard let tensor = values[key] else { throw .missingParameter(key) }
            guard tensor.shape == spec.shape else {
                throw .parameterShape(key, expected: spec.shape, found: tensor.shape)
            }
        }
    }
}
