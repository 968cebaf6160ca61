import Layers

extension LayerCoder {
    /// Layers of several inputs.
    static let merging: [LayerCoder] = [
        LayerCoder(Average.self) { Average($0.name) },
        LayerCoder(Maximum.self) { Maximum($0.name) },
        LayerCoder(Minimum.self) { Minimum($0.name) },
        LayerCoder(Concatenate.self) { config in
            Concatenate(config.name, axis: try config.axis())
        } encode: { layer in
            ["axis": JSONValue(layer.axis)]
        },
        // A layer of Keras's InceptionResNetV2, registered in Keras 2 as if it were a stranger's.
        LayerCoder(CustomScaleLayer.self, formerly: "Custom>CustomScaleLayer") { config in
            CustomScaleLayer(config.name, scale: try config.float("scale"))
        } encode: { layer in
            ["scale": JSONValue(layer.scale)]
        },
        // Keras 1 had one class for all of them.
        LayerCoder(reading: "Merge") { config in
            config.ignoreEverything()
            let mode = config.value("mode")
            switch mode?.string {
            case "sum": return Add(config.name)
            case "mul": return Multiply(config.name)
            case "ave": return Average(config.name)
            case "max": return Maximum(config.name)
            case "concat": return Concatenate(config.name, axis: try config.axis("concat_axis"))
            default: throw config.problem(["mode"], "'sum', 'mul', 'ave', 'max' or 'concat'", mode)
            }
        },
    ]
}
