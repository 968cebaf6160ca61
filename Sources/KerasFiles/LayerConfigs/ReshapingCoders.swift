import Layers

extension LayerCoder {
    /// Layers that move elements and change none.
    static let reshaping: [LayerCoder] = [
        LayerCoder(Flatten.self) {
            Flatten($0.name)
        } encode: { _ in
            ["data_format": "channels_last"]
        },
        LayerCoder(Reshape.self) { config in
            let value = config.value("target_shape")
            // -1 is worked out; the product is bounded so that it can be multiplied.
            guard let shape = value?.array?.map(\.integer),
                shape.allSatisfy({ ($0 ?? 0) == -1 || ($0 ?? 0) > 0 }),
                shape.reduce(1.0, { $0 * Double($1!) }).magnitude < 0x1p40
            else { throw config.problem(["target_shape"], "a list of extents", value) }
            return Reshape(config.name, targetShape: shape.map { $0! })
        } encode: { layer in
            ["target_shape": .array(layer.targetShape.map { JSONValue($0) })]
        },
        LayerCoder(ZeroPadding2D.self) { config in
            let (before, after) = try config.borders("padding")
            return ZeroPadding2D(config.name, before: before, after: after)
        } encode: { layer in
            [
                "padding": JSONValue(before: layer.before, after: layer.after),
                "data_format": "channels_last",
            ]
        },
        LayerCoder(Cropping2D.self) { config in
            let (before, after) = try config.borders("cropping")
            return Cropping2D(config.name, before: before, after: after)
        } encode: { layer in
            [
                "cropping": JSONValue(before: layer.before, after: layer.after),
                "data_format": "channels_last",
            ]
        },
        LayerCoder(Permute.self) { config in
            guard let dims = try config.integers("dims"), !dims.contains(nil) else {
                throw config.problem(["dims"], "a list of axes", config.value("dims"))
            }
            return Permute(config.name, dims: dims.compactMap(\.self))
        } encode: { layer in
            ["dims": .array(layer.dims.map { JSONValue($0) })]
        },
        LayerCoder(UpSampling2D.self) { config in
            UpSampling2D(
                config.name, size: try config.pair("size", default: 2),
                interpolation: try config.interpolation(default: .nearest))
        } encode: { layer in
            [
                "size": JSONValue(layer.size), "interpolation": JSONValue(layer.interpolation),
                "data_format": "channels_last",
            ]
        },
    ]
}
