import Layers

extension LayerCoder {
    /// Functions that are layers of their own.
    static let activations: [LayerCoder] = [
        LayerCoder(Activation.self) { config in
            Activation(config.name, try config.activation())
        } encode: { layer in
            ["activation": JSONValue(layer.activation)]
        },
        LayerCoder(ReLU.self) { config in
            ReLU(config.name, maxValue: try config.optionalFloat("max_value"))
        } encode: { layer in
            ["max_value": layer.maxValue.map(JSONValue.init) ?? nil]
        },
    ]
}
