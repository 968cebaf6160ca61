import Layers

extension NetworkBuilder {
    /// Adds layers one behind the other.
    mutating func chain(_ layers: any Layer..., to input: Output) throws -> Output {
        try layers.reduce(input) { output, layer in try add(layer, to: output) }
    }

    /// Ends a network without a classifier: as it is, or with its last feature map pooled.
    mutating func pool(
        _ features: Output, by pooling: Architecture.Pooling?, average: String = "global_average_pooling2d",
        max: String = "global_max_pooling2d"
    ) throws -> Output {
        switch pooling {
        case nil: features
        case .average: try add(GlobalAveragePooling2D(average), to: features)
        case .max: try add(GlobalMaxPooling2D(max), to: features)
        }
    }
}
