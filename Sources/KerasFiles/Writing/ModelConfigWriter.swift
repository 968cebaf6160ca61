import Layers
import Tensors

/// Writes what a model's layers are and how they are connected, as Keras does.
struct ModelConfigWriter {
    /// Whom the configuration is for.
    enum Dialect {
        /// Keras 3, in `.keras` files.
        case keras3
        /// Keras 2 and, as a file of old, Keras 3, in `.h5` files.
        case keras2
    }

    let dialect: Dialect

    /// The configuration of a model.
    /// - Throws: ``KerasFileError/noKerasLayer(file:layer:reason:)``
    func model(_ model: ModelTree, for file: String) throws -> JSONValue {
        var config: [String: JSONValue] = [
            "name": .string(model.name), "trainable": .bool(model.isTrainable),
            "layers": .array(try model.entries.map { try layer($0, of: model, for: file) }),
        ]
        if !model.isSequential {
            config["input_layers"] = references(model.inputs, in: model)
            config["output_layers"] = references(model.outputs, in: model)
        }
        let className = model.isSequential ? "Sequential" : "Functional"
        guard dialect == .keras3 else {
            return ["class_name": .string(className), "config": .object(config)]
        }
        return [
            "module": model.isSequential ? "keras" : "keras.src.models.functional",
            "class_name": .string(className), "config": .object(config),
            "registered_name": model.isSequential ? nil : .string(className),
            "build_config": ["input_shape": nil],
        ]
    }

    private func layer(_ entry: ModelTree.Entry, of model: ModelTree, for file: String) throws -> JSONValue {
        var layer: [String: JSONValue] =
            switch entry.content {
            case .model(let inner): try self.model(inner, for: file).object ?? [:]
            case .input(let shape):
                described(
                    InputLayer.className,
                    [dialect == .keras3 ? "batch_shape" : "batch_input_shape": Self.batched(shape)], entry)
            case .layer(let node): try described(node, entry, for: file)
            }
        layer["name"] = .string(entry.name)
        if case .model = entry.content { layer["config"] = layer["config"]?.setting("name", entry.name) }
        if !model.isSequential { layer["inbound_nodes"] = .array(inboundNodes(of: entry, in: model)) }
        return .object(layer)
    }

    private func described(
        _ node: Network.Node, _ entry: ModelTree.Entry, for file: String
    ) throws -> [String: JSONValue] {
        let (className, config) = try encoded(node.layer, for: file)
        var layer = described(className, config, entry)
        if dialect == .keras3, node.inputs.count == 1 {
            layer["build_config"] = ["input_shape": Self.batched(node.inputShapes[0])]
        }
        return layer
    }

    private func described(
        _ className: String, _ config: [String: JSONValue], _ entry: ModelTree.Entry
    ) -> [String: JSONValue] {
        var config = config
        config["name"] = .string(entry.name)
        if !Self.operations.contains(className) { config["dtype"] = "float32" }
        // Some layers without weights do not know the key.
        if case .layer(let node) = entry.content, !node.parameters.isEmpty {
            config["trainable"] = .bool(entry.isTrainable)
        }
        var layer: [String: JSONValue] = [
            "class_name": .string(className), "config": .object(config),
        ]
        if dialect == .keras3 {
            layer["module"] = .string(Self.modules[className] ?? "keras.layers")
            layer["registered_name"] = Self.modules[className] == nil ? nil : .string(className)
        }
        return layer
    }

    /// The class and hyper-parameters in the dialect.
    private func encoded(
        _ layer: any Layer, for file: String
    ) throws -> (className: String, config: [String: JSONValue]) {
        func refused(_ reason: String) -> KerasFileError {
            .noKerasLayer(file: file, layer: layer.name, reason: reason)
        }
        switch layer {
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
        if dialect == .keras3, let way = config["interpolation"]?.string,
            Self.keras2Interpolations.contains(way)
        {
            throw refused("Keras 3 has no interpolation '\(way)'; write an .h5 file, for Keras 2")
        }
        guard dialect == .keras3 || config["activation"] != "hard_sigmoid" else {
            throw refused("hard_sigmoid is another function in Keras 2; write a .keras file")
        }
        return (layer.className, config)
    }

    /// The calls of a layer with the outputs of others.
    ///
    /// Keras 2 counts a model's calls from 1, because it was called when it was made, and Keras 3, in the same
    /// old files, from 0. So every call of a model is written twice there: number 1 is the first call to both.
    private func inboundNodes(of entry: ModelTree.Entry, in model: ModelTree) -> [JSONValue] {
        let calls = entry.calls.map { call($0, in: model) }
        return isDoubled(entry) ? calls.flatMap { [$0, $0] } : calls
    }

    private func isDoubled(_ entry: ModelTree.Entry) -> Bool {
        if dialect == .keras2, case .model = entry.content { true } else { false }
    }

    private func call(_ call: ModelTree.Call, in model: ModelTree) -> JSONValue {
        let arguments: [String: JSONValue] = call.training.map { ["training": .bool($0)] } ?? [:]
        guard dialect == .keras3 else {
            return .array(
                call.inputs.map {
                    .array((reference($0, in: model).array ?? []) + [.object(arguments)])
                })
        }
        let tensors = call.inputs.map { input -> JSONValue in
            [
                "class_name": "__keras_tensor__",
                "config": [
                    "shape": Self.batched(model.shape(of: input)), "dtype": "float32",
                    "keras_history": reference(input, in: model),
                ],
            ]
        }
        return [
            "args": tensors.count == 1 ? .array(tensors) : [.array(tensors)], "kwargs": .object(arguments),
        ]
    }

    /// Where a model's inputs or outputs are. Keras 3 takes a list of one for a model that gives out a list.
    private func references(_ sources: [ModelTree.Source], in model: ModelTree) -> JSONValue {
        let references = sources.map { reference($0, in: model, isOutput: true) }
        return references.count == 1 ? references[0] : .array(references)
    }

    /// - Parameter isOutput: whether it is one of the model's outputs, where Keras 3 counts as Keras 2 does.
    private func reference(
        _ source: ModelTree.Source, in model: ModelTree, isOutput: Bool = false
    ) -> JSONValue {
        let entry = model.entries[source.entry]
        var number = source.call
        if isDoubled(entry) {
            number = 2 * number + 1
        } else if isOutput, entry.className == "Functional" {
            number += 1
        }
        return [.string(entry.name), JSONValue(number), JSONValue(source.output)]
    }

    private static func batched(_ shape: Shape) -> JSONValue {
        .array([.null] + shape.dimensions.map { JSONValue($0) })
    }

    /// The interpolations that Keras 3 has no more.
    private static let keras2Interpolations: Set = ["gaussian", "mitchellcubic"]

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

extension JSONValue {
    /// An object with another member.
    fileprivate func setting(_ key: String, _ text: String) -> JSONValue {
        guard var members = object else { return self }
        members[key] = .string(text)
        return .object(members)
    }
}
