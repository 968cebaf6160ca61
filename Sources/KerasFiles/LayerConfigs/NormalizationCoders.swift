import Layers

extension LayerCoder {
    /// Layers that bring their inputs to a common mean and deviation.
    static let normalizations: [LayerCoder] = [
        LayerCoder(BatchNormalization.self) { config in
            try config.requireLastAxis("axis")
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
        }
    ]
}
