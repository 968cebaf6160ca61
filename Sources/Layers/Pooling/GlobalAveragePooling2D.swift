import Tensors

/// The mean of every channel.
public struct GlobalAveragePooling2D: Layer {
    /// Keras's name of the class.
    public static let className = "GlobalAveragePooling2D"
    /// The layer's name.
    public let name: String
    /// Whether the output is `[1, 1, C]` and not `[C]`.
    public let keepDimensions: Bool

    /// A global pooling layer.
    public init(_ name: String, keepDimensions: Bool = false) {
        self.name = name
        self.keepDimensions = keepDimensions
    }

    /// `[C]`, or `[1, 1, C]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        return keepDimensions ? [1, 1, input[2]] : [input[2]]
    }

    /// A pooling over the whole picture.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.poolGlobally(inputs[0], .average, keepDimensions: keepDimensions, layer: name)
    }
}
