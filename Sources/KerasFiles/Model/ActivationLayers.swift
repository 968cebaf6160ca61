/// An activation that is no function here, as layers behind the one that has it.
///
/// Keras takes layers for activations (`activation=LeakyReLU(0.1)`). And `hard_sigmoid` was `clip(0.2 x + 0.5, 0, 1)`
/// before Keras 3 took PyTorch's definition, `relu6(x + 3) / 6`: it becomes a rescaling and a rectifier, which
/// all versions know.
struct ActivationLayers {
    /// The layer without its activation.
    let bare: LayerDescription
    /// The activation; none where it can stay with the layer.
    let functions: [LayerDescription]

    init(_ layer: LayerDescription, kerasMajor: Int) {
        functions = layer.model == nil ? Self.functions(of: layer, kerasMajor: kerasMajor) : []
        var bare = layer
        if !functions.isEmpty { bare.config["activation"] = "linear" }
        self.bare = bare
    }

    private static func functions(of layer: LayerDescription, kerasMajor: Int) -> [LayerDescription] {
        guard let activation = layer.config["activation"] else { return [] }
        func description(_ name: String, _ className: String, _ config: [String: JSONValue])
            -> LayerDescription
        {
            LayerDescription(
                name: "\(layer.name)_\(name)", className: className, package: nil, config: config, calls: [])
        }
        if activation == "hard_sigmoid", kerasMajor < 3 {
            return [
                description("rescaled", "Rescaling", ["scale": .number(0.2), "offset": .number(0.5)]),
                description("hard_sigmoid", "ReLU", ["max_value": 1]),
            ]
        }
        // The last axis is no longer the last.
        if layer.isChannelsFirst, layer.className != "Activation",
            ["softmax", "log_softmax"].contains(activation.string ?? activation["config"]?.string)
        {
            return [description("softmax", "Activation", ["activation": activation])]
        }
        guard let className = activation["class_name"]?.string, className != "function",
            let config = activation["config"]?.object
        else { return [] }
        return [description(config["name"]?.string ?? CountedName.snakeCase(className), className, config)]
    }
}
