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
                [
                    "axis": layer.axis.map { JSONValue($0) } ?? .null, "invert": .bool(layer.invert),
                    "mean": layer.mean.map { JSONValue($0) } ?? .null,
                    "variance": layer.variance.map { JSONValue($0) } ?? .null,
                ]
            },
            LayerCoder(Resizing.self) { config in
                try config.require("crop_to_aspect_ratio", "pad_to_aspect_ratio", toBe: false)
                _ = config.value("fill_mode", "fill_value")
                return Resizing(
                    config.name, size: Pair(try config.integer("height"), try config.integer("width")),
                    interpolation: try config.interpolation(default: .bilinear),
                    antialias: try config.bool("antialias", default: false))
            } encode: { layer in
                var config: [String: JSONValue] = [
                    "height": JSONValue(layer.size.height), "width": JSONValue(layer.size.width),
                    "interpolation": JSONValue(layer.interpolation),
                ]
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

    private static func normalization(_ config: LayerConfig) throws -> Normalization {
        // Without an axis, Keras 2 says null and not nothing, and Keras 3 gives a list without elements.
        let written = config.value("axis")
        let hasNone = config.has("axis") && (written == nil || written?.array?.isEmpty == true)
        let axis = hasNone ? nil : try config.axis()
        let invert = try config.bool("invert", default: false)
        let mean = try config.floats("mean", default: [])
        let variance = try config.floats("variance", default: [])
        guard !mean.isEmpty, !variance.isEmpty else {
            return Normalization(config.name, axis: axis, invert: invert)
        }
        return Normalization(config.name, axis: axis, mean: mean, variance: variance, invert: invert)
    }
}
