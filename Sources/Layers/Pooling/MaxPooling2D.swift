import Tensors

/// The largest element of every window, channel by channel.
public struct MaxPooling2D: Layer {
    /// Keras's name of the class.
    public static let className = "MaxPooling2D"
    /// The layer's name.
    public let name: String
    /// The window.
    public let poolSize: Pair
    /// How far the window moves.
    public let strides: Pair
    /// What happens at the border.
    public let padding: Padding

    /// A pooling layer; without strides, windows do not overlap.
    public init(_ name: String, poolSize: Pair = 2, strides: Pair? = nil, padding: Padding = .valid) {
        self.name = name
        self.poolSize = poolSize
        self.strides = strides ?? poolSize
        self.padding = padding
    }

    /// `[H', W', C]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        return try windowedShape(
            input, channels: input[2], kernel: poolSize, strides: strides, padding: padding)
    }

    /// One pooling.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.pool(
            inputs[0], .max, size: poolSize, strides: strides, padding: padding, layer: name,
            shape: try! outputShape(for: [graph.shape(of: inputs[0])]))
    }
}
