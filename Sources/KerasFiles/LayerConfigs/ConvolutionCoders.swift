import Layers

extension LayerCoder {
    /// Layers that slide filters over a picture.
    static let convolutions: [LayerCoder] = [
        LayerCoder(Conv2D.self, formerly: "Convolution2D", "AtrousConvolution2D") { config in
            Conv2D(
                config.name, filters: try config.integer("filters", "nb_filter"),
                kernelSize: try config.kernelSize(), strides: try config.strides(),
                padding: try config.padding(), dilationRate: try config.dilationRate(),
                groups: try config.integer("groups", default: 1), activation: try config.activation(),
                useBias: try config.useBias())
        } encode: { layer in
            var config: [String: JSONValue] = [
                "filters": JSONValue(layer.filters), "kernel_size": JSONValue(layer.kernelSize),
                "strides": JSONValue(layer.strides), "padding": JSONValue(layer.padding),
                "data_format": "channels_last", "dilation_rate": JSONValue(layer.dilationRate),
                "activation": JSONValue(layer.activation), "use_bias": .bool(layer.useBias),
            ]
            // Keras before 2.3 does not know the key.
            if layer.groups != 1 { config["groups"] = JSONValue(layer.groups) }
            return config
        },
        LayerCoder(DepthwiseConv2D.self) { config in
            // tf.keras 2.3 to 2.8 inherited these from Conv2D, where they mean nothing.
            try config.require("groups", toBe: 1)
            _ = config.value("filters")
            return DepthwiseConv2D(
                config.name, kernelSize: try config.kernelSize(), strides: try config.strides(),
                padding: try config.padding(), dilationRate: try config.dilationRate(),
                depthMultiplier: try config.integer("depth_multiplier", default: 1),
                activation: try config.activation(), useBias: try config.useBias())
        } encode: { layer in
            [
                "kernel_size": JSONValue(layer.kernelSize), "strides": JSONValue(layer.strides),
                "padding": JSONValue(layer.padding), "data_format": "channels_last",
                "dilation_rate": JSONValue(layer.dilationRate),
                "depth_multiplier": JSONValue(layer.depthMultiplier),
                "activation": JSONValue(layer.activation), "use_bias": .bool(layer.useBias),
            ]
        },
        LayerCoder(SeparableConv2D.self, formerly: "SeparableConvolution2D") { config in
            try config.require("groups", toBe: 1)
            return SeparableConv2D(
                config.name, filters: try config.integer("filters", "nb_filter"),
                kernelSize: try config.kernelSize(), strides: try config.strides(),
                padding: try config.padding(), dilationRate: try config.dilationRate(),
                depthMultiplier: try config.integer("depth_multiplier", default: 1),
                activation: try config.activation(), useBias: try config.useBias())
        } encode: { layer in
            [
                "filters": JSONValue(layer.filters), "kernel_size": JSONValue(layer.kernelSize),
                "strides": JSONValue(layer.strides), "padding": JSONValue(layer.padding),
                "data_format": "channels_last", "dilation_rate": JSONValue(layer.dilationRate),
                "depth_multiplier": JSONValue(layer.depthMultiplier),
                "activation": JSONValue(layer.activation), "use_bias": .bool(layer.useBias),
            ]
        },
        LayerCoder(Conv2DTranspose.self, formerly: LayerDescription.deconvolution) { config in
            try config.require("groups", toBe: 1)
            let filters = try config.integer("filters", "nb_filter")
            if config.className == LayerDescription.deconvolution {
                try config.requireOutput(channels: filters)
            }
            return Conv2DTranspose(
                config.name, filters: filters, kernelSize: try config.kernelSize(),
                strides: try config.strides(), padding: try config.padding(),
                outputPadding: try config.value("output_padding").map { _ in try config.pair("output_padding")
                },
                dilationRate: try config.dilationRate(), activation: try config.activation(),
                useBias: try config.useBias())
        } encode: { layer in
            [
                "filters": JSONValue(layer.filters), "kernel_size": JSONValue(layer.kernelSize),
                "strides": JSONValue(layer.strides), "padding": JSONValue(layer.padding),
                "output_padding": layer.outputPadding.map { JSONValue($0) } ?? .null,
                "data_format": "channels_last", "dilation_rate": JSONValue(layer.dilationRate),
                "activation": JSONValue(layer.activation), "use_bias": .bool(layer.useBias),
            ]
        },
    ]
}

extension LayerConfig {
    /// The window; Keras 1 has a key for its height and one for its width.
    func kernelSize() throws -> Pair {
        if value("nb_row") != nil { return Pair(try integer("nb_row"), try integer("nb_col")) }
        return try pair("kernel_size")
    }

    func strides() throws -> Pair { try pair("strides", "subsample", default: 1) }
    func dilationRate() throws -> Pair { try pair("dilation_rate", "atrous_rate", default: 1) }
    func useBias() throws -> Bool { try bool("use_bias", "bias", default: true) }
}
