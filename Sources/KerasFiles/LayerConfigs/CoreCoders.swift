import Layers

extension LayerCoder {
    /// Layers of vectors.
    static let core: [LayerCoder] = [
        LayerCoder(Dense.self) { config in
            Dense(
                config.name, units: try config.integer("units", "output_dim"),
                activation: try config.activation(),
                useBias: try config.bool("use_bias", "bias", default: true))
        } encode: { layer in
            [
                "units": JSONValue(layer.units), "activation": JSONValue(layer.activation),
                "use_bias": .bool(layer.useBias),
            ]
        },
        LayerCoder(Identity.self) { Identity($0.name) },
    ]
}
