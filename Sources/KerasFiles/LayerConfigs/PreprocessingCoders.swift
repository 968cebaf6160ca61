import Layers

extension LayerCoder {
    /// Layers that prepare pictures.
    static let preprocessing: [LayerCoder] =
        [
            LayerCoder(Rescaling.self) { config in
                Rescaling(
                    config.name, scale: try config.floats("scale", default: [1]),
                    offset: try config.floats("offset", default: [0]))
            } encode: { layer in
                ["scale": JSONValue(layer.scale), "offset": JSONValue(layer.offset)]
            },
            LayerCoder(Normalization.self) { config in
                try normalization(config)
            } encode: { layer in
                // Keras 3 wants both of one shape.
                let mean = layer.variance.flatMap { layer.mean?.broadcast(with: $0) }
                let variance = layer.mean.flatMap { layer.variance?.broadcast(with: $0) }
                return [
                    "axis": layer.axes.isEmpty ? .null : JSONValue(axes: layer.axes),
                    "invert": .bool(layer.invert), "mean": mean.map { JSONValue($0) } ?? .null,
                    "variance": variance.map { JSONValue($0) } ?? .null,
                ]
            },
            LayerCoder(Resizing.self) { config in
                Resizing(
                    config.name, size: Pair(try config.integer("height"), try config.integer("width")),
                    interpolation: try config.interpolation(default: .bilinear),
                    antialias: try config.bool("antialias", default: false),
                    proportions: try proportions(config))
            } encode: { layer in
                var config: [String: JSONValue] = [
                    "height": JSONValue(layer.size.height), "width": JSONValue(layer.size.width),
                    "interpolation": JSONValue(layer.interpolation),
                ]
                switch layer.proportions {
                case .change: break
                case .crop: config["crop_to_aspect_ratio"] = true
                // Keras 2 knows neither key.
                case .pad(let value):
                    config["pad_to_aspect_ratio"] = true
                    config["fill_value"] = JSONValue(value)
                }
                // Keras 2 does not know the key.
                if layer.antialias { config["antialias"] = true }
                return config
            },
        ] + RandomAugmentation.classNames.sorted().map(augmentation)

    /// Pictures are not changed in the network here, so that how they would be is only kept for writing.
    private static func augmentation(_ className: String) -> LayerCoder {
        LayerCoder(reading: className) { config in
            config.ignoreEverything()
            return RandomAugmentation(
                config.name, className: className, configuration: JSONValue.object(config.ownMembers).text)
        }
    }

    private static func proportions(_ config: LayerConfig) throws -> Resizing.Proportions {
        try config.require("fill_mode", toBe: "constant")
        let value = try config.float("fill_value", default: 0)
        switch (
            try config.bool("crop_to_aspect_ratio", default: false),
            try config.bool("pad_to_aspect_ratio", default: false)
        ) {
        case (false, false): return .change
        case (true, false): return .crop
        case (false, true): return .pad(value: value)
        case (true, true):
            throw config.problem(
                ["pad_to_aspect_ratio"], "false where crop_to_aspect_ratio is true", true)
        }
    }

    private static func normalization(_ config: LayerConfig) throws -> Normalization {
        // Without an axis, Keras 2 says null and not nothing, and Keras 3 gives a list without elements.
        let written = config.value("axis")
        let hasNone = config.has("axis") && (written == nil || written?.array?.isEmpty == true)
        let axes = hasNone ? [] : try config.axes(sorted: false)
        let invert = try config.bool("invert", default: false)
        guard let mean = try config.array("mean"), let variance = try config.array("variance") else {
            return Normalization(config.name, axes: axes, invert: invert)
        }
        return Normalization(config.name, axes: axes, mean: mean, variance: variance, invert: invert)
    }
}
