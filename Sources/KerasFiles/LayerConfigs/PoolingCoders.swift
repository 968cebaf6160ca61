import Layers

extension LayerCoder {
    /// Layers that make pictures smaller.
    static let pooling: [LayerCoder] = [
        LayerCoder(MaxPooling2D.self) { config in
            let size = try config.pair("pool_size", default: 2)
            return MaxPooling2D(
                config.name, poolSize: size, strides: try config.pair("strides", default: size),
                padding: try config.padding())
        } encode: { layer in
            window(layer.poolSize, layer.strides, layer.padding)
        },
        LayerCoder(AveragePooling2D.self) { config in
            let size = try config.pair("pool_size", default: 2)
            return AveragePooling2D(
                config.name, poolSize: size, strides: try config.pair("strides", default: size),
                padding: try config.padding())
        } encode: { layer in
            window(layer.poolSize, layer.strides, layer.padding)
        },
        LayerCoder(GlobalAveragePooling2D.self) { config in
            GlobalAveragePooling2D(config.name, keepDimensions: try config.bool("keepdims", default: false))
        } encode: { layer in
            pooled(layer.keepDimensions)
        },
        LayerCoder(GlobalMaxPooling2D.self) { config in
            GlobalMaxPooling2D(config.name, keepDimensions: try config.bool("keepdims", default: false))
        } encode: { layer in
            pooled(layer.keepDimensions)
        },
    ]

    /// Keras before 2.6 does not know the second key.
    private static func pooled(_ keepDimensions: Bool) -> [String: JSONValue] {
        let config: [String: JSONValue] = ["data_format": "channels_last"]
        return keepDimensions ? config.merging(["keepdims": true]) { $1 } : config
    }

    private static func window(_ size: Pair, _ strides: Pair, _ padding: Padding) -> [String: JSONValue] {
        [
            "pool_size": JSONValue(size), "strides": JSONValue(strides), "padding": JSONValue(padding),
            "data_format": "channels_last",
        ]
    }
}
