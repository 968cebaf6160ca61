import Layers
import Tensors

/// Writes what a network's layers are and how they are connected, as Keras's functional models do.
struct ModelConfigWriter {
    /// Whom the configuration is for.
    enum Dialect {
        /// Keras 3, in `.keras` files.
        case keras3
        /// Keras 2 and, as a file of old, Keras 3, in `.h5` files.
        case keras2
    }

    let network: Network
    let dialect: Dialect
    let names: KerasNames
    /// The calls of every layer, by the position of its first, which are one unless it is shared.
    private let calls: [Int: [Int]]
    private let layers: [Int]

    init(network: Network, dialect: Dialect, names: KerasNames) {
        self.network = network
        self.dialect = dialect
        self.names = names
        layers = network.layerPositions
        calls = Dictionary(grouping: network.nodes.indices, by: { [layers] in layers[$0] })
    }

    /// The configuration of a model of the network's layers.
    /// - Throws: ``KerasFileError/noKerasLayer(file:layer:reason:)``
    func model(for file: String) throws -> JSONValue {
        let config: JSONValue = [
            "name": .string(names.model), "trainable": true,
            "layers": .array(try network.kerasOrder.map { try layer($0, for: file) }),
            "input_layers": .array(network.inputs.map(reference)),
            "output_layers": .array(network.outputs.map(reference)),
        ]
        guard dialect == .keras3 else { return ["class_name": "Functional", "config": config] }
        return [
            "module": "keras.src.models.functional", "class_name": "Functional", "config": config,
            "registered_name": "Functional", "compile_config": nil,
            "build_config": ["input_shape": nil],
        ]
    }

    private func layer(_ position: Int, for file: String) throws -> JSONValue {
        let node = network.nodes[position]
        var (className, config) = try encoded(node.layer, for: file)
        let name = JSONValue.string(names.name(of: node))
        config["name"] = name
        let isOperation = Self.operations.contains(className)
        if !isOperation { config["dtype"] = "float32" }
        // Some layers without weights do not know the key.
        if !node.parameters.isEmpty { config["trainable"] = true }
        var layer: [String: JSONValue] = [
            "class_name": .string(className), "config": .object(config), "name": name,
            "inbound_nodes": .array(
                (calls[position] ?? []).map { network.nodes[$0] }.filter { !$0.inputs.isEmpty }.map(call)),
        ]
        if dialect == .keras3 {
            layer["module"] = .string(Self.modules[className] ?? "keras.layers")
            layer["registered_name"] = Self.modules[className] == nil ? nil : .string(className)
            if node.inputs.count == 1 {
                layer["build_config"] = ["input_shape": Self.batched(node.inputShapes[0])]
            }
        }
        return .object(layer)
    }

    /// The class and hyper-parameters in the dialect.
    private func encoded(
        _ layer: any Layer, for file: String
    ) throws -> (className: String, config: [String: JSONValue]) {
        func refused(_ reason: String) -> KerasFileError {
            .noKerasLayer(file: file, layer: layer.name, reason: reason)
        }
        switch layer {
        case let input as InputLayer:
            let key = dialect == .keras3 ? "batch_shape" : "batch_input_shape"
            return (layer.className, [key: Self.batched(input.shape)])
        case let augmentation as RandomAugmentation: return AugmentationWriter.encoded(augmentation, dialect)
        case let gelu as GELU where !gelu.approximate:
            return (Activation.className, ["activation": "gelu"])
        case is GELU:
            guard dialect == .keras3 else {
                throw refused("Keras 2 has no layer for the approximate GELU; write a .keras file")
            }
            return ("Gelu", ["approximate": true])
        case let leaky as LeakyReLU where dialect == .keras2:
            return (layer.className, ["alpha": JSONValue(leaky.negativeSlope)])
        default: break
        }
        guard let config = LayerCoder.of(layer.className)?.encode(layer) else {
            throw refused("there is no Keras layer for class \(layer.className)")
        }
        guard dialect == .keras3 || config["activation"] != "hard_sigmoid" else {
            throw refused("hard_sigmoid is another function in Keras 2; write a .keras file")
        }
        return (layer.className, config)
    }

    /// The call of a layer with the outputs of others.
    private func call(_ node: Network.Node) -> JSONValue {
        guard dialect == .keras3 else {
            return .array(node.inputs.map { .array(reference($0).array! + [[:]]) })
        }
        let tensors = zip(node.inputs, node.inputShapes).map { input, shape -> JSONValue in
            [
                "class_name": "__keras_tensor__",
                "config": [
                    "shape": Self.batched(shape), "dtype": "float32", "keras_history": reference(input),
                ],
            ]
        }
        return ["args": tensors.count == 1 ? .array(tensors) : [.array(tensors)], "kwargs": [:]]
    }

    private func reference(_ position: Int) -> JSONValue {
        let layer = layers[position]
        let number = calls[layer]?.firstIndex(of: position) ?? 0
        return [.string(names.name(of: network.nodes[layer])), JSONValue(number), 0]
    }

    private static func batched(_ shape: Shape) -> JSONValue {
        .array([.null] + shape.dimensions.map { JSONValue($0) })
    }

    /// The classes that are no layers to Keras, but functions.
    private static let operations: Set = ["Gelu"]

    /// Where Keras has the layers that are no part of `keras.layers`.
    private static let modules = [
        "Gelu": "keras.src.ops.nn",
        CustomScaleLayer.className: "keras.src.applications.inception_resnet_v2",
        LayerScale.className: "keras.src.applications.convnext",
        StochasticDepth.className: "keras.src.applications.convnext",
    ]
}

/// The names that a network's layers have in a Keras file. Keras 3 refuses those with a slash.
struct KerasNames: Sendable {
    /// The model's name.
    let model: String
    private let names: [String: String]

    init(_ network: Network) {
        model = network.name.replacing("/", with: "_")
        var used = Set(network.nodes.map(\.name))
        var names: [String: String] = [:]
        for name in network.nodes.map(\.name) where name.contains("/") {
            var replaced = name.replacing("/", with: "_")
            while !used.insert(replaced).inserted { replaced += "_" }
            names[name] = replaced
        }
        self.names = names
    }

    func name(of node: Network.Node) -> String { names[node.name] ?? node.name }
}
