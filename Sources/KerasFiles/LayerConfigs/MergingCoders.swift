import Layers

extension LayerCoder {
    /// Layers of several inputs.
    static let merging: [LayerCoder] = [
        LayerCoder(Add.self) { Add($0.name) },
        LayerCoder(Multiply.self) { Multiply($0.name) },
        LayerCoder(Concatenate.self) { config in
            try config.requireLastAxis("axis")
            return Concatenate(config.name)
        } encode: { _ in
            ["axis": -1]
        },
        // Keras 1 had one class for all of them.
        LayerCoder(reading: "Merge") { config in
            let mode = config.value("mode")
            switch mode?.string {
            case "sum": return Add(config.name)
            case "mul": return Multiply(config.name)
            case "concat":
                try config.requireLastAxis("concat_axis")
                return Concatenate(config.name)
            default: throw config.problem(["mode"], "'sum', 'mul' or 'concat'", mode)
            }
        },
    ]
}
