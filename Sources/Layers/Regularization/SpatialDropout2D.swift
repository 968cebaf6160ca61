import Tensors

/// While training, sets a random share of the channels of every picture to zero and scales up the others; the
/// identity otherwise.
///
/// Tompson et al., "Efficient object localization using convolutional networks", CVPR 2015.
public struct SpatialDropout2D: Layer {
    /// Keras's name of the class.
    public static let className = "SpatialDropout2D"
    /// The layer's name.
    public let name: String
    /// The share of channels that is dropped, in `0..<1`.
    public let rate: Float

    /// A dropout of channels.
    public init(_ name: String, rate: Float) {
        self.name = name
        self.rate = rate
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        try checkShare(rate, "rate")
        return try onlyImage(inputs)
    }

    /// A random mask a channel; the plan leaves it out at inference.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let channels = graph.shape(of: inputs[0])[2]
        return graph.drop(inputs[0], rate: rate, drawn: [1, 1, channels], layer: name)
    }
}
