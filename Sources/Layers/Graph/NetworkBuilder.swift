import Tensors
import Wording

/// Puts a network together, layer by layer, inferring and checking shapes on the way.
///
/// ```swift
/// var network = NetworkBuilder("digits", input: [28, 28, 1])
/// var x = network.input
/// network.beginGroup("features")
/// x = try network.add(Conv2D("conv", filters: 8, kernelSize: 3, activation: .relu), to: x)
/// network.beginGroup("head")
/// x = try network.add(Flatten("flatten"), to: x)
/// x = try network.add(Dense("predictions", units: 10, activation: .softmax), to: x)
/// let digits = network.build(output: x)
/// ```
public struct NetworkBuilder {
    /// What a layer of the network being built gives out.
    public struct Output: Sendable {
        let position: Int
        /// Its shape, without the batch.
        public let shape: Shape
    }

    private let name: String
    private var nodes: [Network.Node]
    private var names: Set<String>
    private var group = "features"
    private var inputs = [0]

    /// Begins a network with inputs of the given shape, without the batch.
    public init(_ name: String, input shape: Shape, inputName: String = "input_layer") {
        self.name = name
        let layer = InputLayer(inputName, shape: shape)
        nodes = [
            Network.Node(
                layer: layer, inputs: [], inputShapes: [], outputShape: shape, parameters: [], group: "input")
        ]
        names = [inputName]
    }

    /// Goes on building from a finished network: a new head on a backbone, say.
    public init(extending network: Network, name: String? = nil) {
        self.name = name ?? network.name
        nodes = network.nodes
        inputs = network.inputs
        names = Set(network.nodes.map(\.name))
        tip = network.output
    }

    private var tip = 0

    /// The network's input.
    public var input: Output { Output(position: 0, shape: nodes[0].outputShape) }

    /// Adds a further input.
    /// - Throws: ``LayerError/duplicateName(_:)``
    public mutating func addInput(_ name: String, shape: Shape) throws(LayerError) -> Output {
        let group = self.group
        self.group = "input"
        defer { self.group = group }
        let output = try add(InputLayer(name, shape: shape), to: [])
        inputs.append(output.position)
        return output
    }

    /// The output of the network that is being extended; the input of a new one.
    public var end: Output { Output(position: tip, shape: nodes[tip].outputShape) }

    /// Layers added from here on belong to the named group.
    public mutating func beginGroup(_ name: String) { group = name }

    /// Adds a layer behind one output.
    /// - Throws: ``LayerError`` where the layer cannot take it.
    public mutating func add(_ layer: some Layer, to input: Output) throws(LayerError) -> Output {
        try add(layer, to: [input])
    }

    /// Adds a layer behind several outputs.
    /// - Throws: ``LayerError`` where the layer cannot take them.
    public mutating func add(_ layer: some Layer, to inputs: [Output]) throws(LayerError) -> Output {
        guard names.insert(layer.name).inserted else { throw .duplicateName(layer.name) }
        let shapes = inputs.map(\.shape)
        let shape = try layer.outputShape(for: shapes)
        nodes.append(
            Network.Node(
                layer: layer, inputs: inputs.map(\.position), inputShapes: shapes, outputShape: shape,
                parameters: layer.parameters(for: shapes), group: group))
        return Output(position: nodes.count - 1, shape: shape)
    }

    /// Calls a layer again that was added before, with the same arrays: a shared layer.
    /// - Parameters:
    ///   - layer: the layer's name.
    ///   - name: the name of this call, unique in the network.
    /// - Throws: ``LayerError``, also where the inputs do not go with the arrays.
    public mutating func call(
        _ layer: String, as name: String, to inputs: [Output]
    ) throws(LayerError) -> Output {
        guard let node = nodes.first(where: { $0.name == layer }) else {
            throw .unknownLayer(
                layer, network: self.name, nearest: nearestNames(to: layer, among: nodes.map(\.name)))
        }
        return try add(SharedLayer(name, sharing: node), to: inputs)
    }

    /// The finished network.
    ///
    /// Mutating only so that an `add` within the argument comes first: of a value that is merely read, Swift
    /// may take a copy before it works the argument out.
    public mutating func build(output: Output) -> Network {
        build(outputs: [output])
    }

    /// The finished network, with one output or several.
    public mutating func build(outputs: [Output]) -> Network {
        Network(name: name, nodes: nodes, inputs: inputs, outputs: outputs.map(\.position))
    }
}
