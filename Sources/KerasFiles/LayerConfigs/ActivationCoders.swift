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
            ReLU(
                config.name, maxValue: try config.optionalFloat("max_value"),
                negativeSlope: try config.float("negative_slope", default: 0),
                threshold: try config.float("threshold", default: 0))
        } encode: { layer in
            [
                "max_value": layer.maxValue.map { JSONValue($0) } ?? .null,
                "negative_slope": JSONValue(layer.negativeSlope), "threshold": JSONValue(layer.threshold),
            ]
        },
        LayerCoder(LeakyReLU.self) { config in
            LeakyReLU(config.name, negativeSlope: try config.float("negative_slope", "alpha", default: 0.3))
        } encode: { layer in
            ["negative_slope": JSONValue(layer.negativeSlope)]
        },
        LayerCoder(PReLU.self) { config in
            PReLU(config.name, sharedAxes: try config.integers("shared_axes")?.compactMap(\.self) ?? [])
        } encode: { layer in
            ["shared_axes": layer.sharedAxes.isEmpty ? .null : .array(layer.sharedAxes.map { JSONValue($0) })]
        },
        LayerCoder(ELU.self) { config in
            ELU(config.name, alpha: try config.float("alpha", default: 1))
        } encode: { layer in
            ["alpha": JSONValue(layer.alpha)]
        },
        LayerCoder(Softmax.self) { config in
            Softmax(config.name, axes: try config.axes(sorted: true))
        } encode: { layer in
            ["axis": JSONValue(axes: layer.axes)]
        },
        LayerCoder(reading: "GELU") { config in
            GELU(config.name, approximate: try config.bool("approximate", default: false))
        },
    ]
}
