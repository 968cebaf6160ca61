import Architectures
import Layers
import Tensors

extension NetworkBuilder {
    /// The layer group of a head's layers.
    static let headGroup = "head"
    /// The layer that tells the classes.
    static let classifier = "predictions"

    /// Adds a head: pooling, dense layers, dropout, classifier.
    /// - Parameter isMultiLabel: whether each class is told by itself, by a sigmoid.
    mutating func addHead(
        _ head: HeadConfiguration, classes: Int, isMultiLabel: Bool = false, to features: Output
    ) throws -> Output {
        beginGroup(Self.headGroup)
        var features = features
        if head.spatialDropout > 0 {
            features = try add(
                SpatialDropout2D("head_spatial_dropout", rate: Float(head.spatialDropout)), to: features)
        }
        var x =
            switch head.pooling {
            case .average: try add(GlobalAveragePooling2D("head_pool"), to: features)
            case .max: try add(GlobalMaxPooling2D("head_pool"), to: features)
            case .flatten: try add(Flatten("head_flatten"), to: features)
            }
        for (number, units) in zip(1..., head.dense) {
            x = try add(Dense("head_dense_\(number)", units: units, activation: head.activation), to: x)
        }
        if head.dropout > 0 { x = try add(Dropout("head_dropout", rate: Float(head.dropout)), to: x) }
        return try add(
            Dense(Self.classifier, units: classes, activation: isMultiLabel ? .sigmoid : .softmax), to: x)
    }
}

extension ModelConfiguration {
    /// The backbone alone.
    /// - Throws: ``ArchitectureError``, ``LayerError`` where there is no such network.
    func backbone() throws -> Network {
        let whole = try Architecture.named(architecture).network(
            input: [inputHeight, inputWidth, channels], alpha: alpha, includeTop: false)
        guard let until else { return whole }
        return try setting("model.until") { try whole.until(until) }
    }

    /// The backbone with a head on it.
    /// - Throws: ``ArchitectureError``, ``LayerError`` where there is no such network.
    /// - Parameter isMultiLabel: whether each class is told by itself, by a sigmoid, and not all by a softmax.
    public func network(classes: Int, isMultiLabel: Bool = false) throws -> Network {
        try network(on: try backbone(), classes: classes, isMultiLabel: isMultiLabel)
    }

    /// A backbone with the head on it.
    func network(
        on backbone: Network, classes: Int, isMultiLabel: Bool = false
    ) throws -> Network {
        var builder = NetworkBuilder(extending: backbone)
        let output = try builder.addHead(
            head, classes: classes, isMultiLabel: isMultiLabel, to: builder.end)
        return builder.build(output: output)
    }

    /// How pixels are scaled: as said, or as the architecture expects.
    /// - Throws: ``ArchitectureError/unknown(_:nearest:known:)``
    func scaling() throws -> Preprocessing {
        if let preprocessing { return preprocessing }
        return switch try Architecture.named(architecture).inputScaling {
        case .caffe: .caffe
        case .tf: .tf
        case .torch: .torch
        case .none: .none
        }
    }
}
