import Layers

extension LayerCoder {
    /// Layers that bring their inputs to a common mean and deviation.
    static let normalizations: [LayerCoder] = [
        LayerCoder(BatchNormalization.self) { config in
            try config.requireLastAxis()
            // Keras 1 could normalize every sample by itself; renorm has more weights.
            try config.require("mode", toBe: 0)
            try config.require("renorm", toBe: false)
            return BatchNormalization(
                config.name, momentum: try config.float("momentum", default: 0.99),
                epsilon: try config.float("epsilon", default: 1e-3),
                center: try config.bool("center", default: true),
                scale: try config.bool("scale", default: true))
        } encode: { layer in
            [
                "axis": -1, "momentum": JSONValue(layer.momentum), "epsilon": JSONValue(layer.epsilon),
                "center": .bool(layer.center), "scale": .bool(layer.scale),
            ]
        },
        LayerCoder(LayerNormalization.self) { config in
            try config.require("rms_scaling", toBe: false)
            return LayerNormalization(
                config.name, axes: try config.axes(sorted: config.kerasMajor >= 3),
                epsilon: try config.float("epsilon", default: 1e-3),
                center: try config.bool("center", default: true),
                scale: try config.bool("scale", default: true))
        } encode: { layer in
            [
                "axis": JSONValue(axes: layer.axes), "epsilon": JSONValue(layer.epsilon),
                "center": .bool(layer.center), "scale": .bool(layer.scale),
            ]
        },
        LayerCoder(GroupNormalization.self) { config in
            // -1 stands for a group a channel.
            let isInstance = config.value("groups")?.integer == -1
            return GroupNormalization(
                config.name, groups: isInstance ? -1 : try config.integer("groups", default: 32),
                axis: try config.axis(), epsilon: try config.float("epsilon", default: 1e-3),
                center: try config.bool("center", default: true),
                scale: try config.bool("scale", default: true))
        } encode: { layer in
            [
                "groups": JSONValue(layer.groups), "axis": JSONValue(layer.axis),
                "epsilon": JSONValue(layer.epsilon), "center": .bool(layer.center),
                "scale": .bool(layer.scale),
            ]
        },
        // A layer of Keras's ConvNeXt.
        LayerCoder(LayerScale.self) { config in
            LayerScale(
                config.name, initValues: try config.float("init_values", default: 1e-6),
                projectionDim: try config.integer("projection_dim"))
        } encode: { layer in
            ["init_values": JSONValue(layer.initValues), "projection_dim": JSONValue(layer.projectionDim)]
        },
    ]
}
