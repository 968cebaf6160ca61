import Layers

extension LayerCoder {
    /// Layers that do something while training only.
    static let regularizations: [LayerCoder] = [
        // The second name is that of a subclass in a much used EfficientNet, which lets noise_shape be free.
        LayerCoder(Dropout.self, formerly: "FixedDropout") { config in
            Dropout(
                config.name, rate: try config.float("rate", "p"),
                noiseShape: try config.integers("noise_shape").map { Array($0.dropFirst()) })
        } encode: { layer in
            var config = ["rate": JSONValue(layer.rate)]
            if let shape = layer.noiseShape {
                config["noise_shape"] = .array([.null] + shape.map { $0.map { JSONValue($0) } ?? .null })
            }
            return config
        },
        LayerCoder(SpatialDropout2D.self) { config in
            SpatialDropout2D(config.name, rate: try config.float("rate", "p"))
        } encode: { layer in
            ["rate": JSONValue(layer.rate), "data_format": "channels_last"]
        },
        LayerCoder(GaussianDropout.self) { config in
            GaussianDropout(config.name, rate: try config.float("rate", "p"))
        } encode: { layer in
            ["rate": JSONValue(layer.rate)]
        },
        LayerCoder(GaussianNoise.self) { config in
            GaussianNoise(config.name, stddev: try config.float("stddev", "sigma"))
        } encode: { layer in
            ["stddev": JSONValue(layer.stddev)]
        },
        LayerCoder(ActivityRegularization.self) { config in
            ActivityRegularization(
                config.name, l1: try config.float("l1", default: 0), l2: try config.float("l2", default: 0))
        } encode: { layer in
            ["l1": JSONValue(layer.l1), "l2": JSONValue(layer.l2)]
        },
        // A layer of Keras's ConvNeXt.
        LayerCoder(StochasticDepth.self) { config in
            StochasticDepth(config.name, dropPathRate: try config.float("drop_path_rate"))
        } encode: { layer in
            ["drop_path_rate": JSONValue(layer.dropPathRate)]
        },
    ]
}
