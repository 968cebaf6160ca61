import Tensors

/// How pixels are worked out between those that are there, by Keras's names.
public enum Interpolation: String, Sendable {
    /// The pixel that is nearest.
    case nearest
    /// From the four pixels around, by distance.
    case bilinear
}

/// Gives pictures another size, as TensorFlow does: pixels are squares, and there is no smoothing before
/// pictures are made smaller.
public struct Resizing: Layer {
    /// Keras's name of the class.
    public static let className = "Resizing"
    /// The layer's name.
    public let name: String
    /// The height and width wanted.
    public let size: Pair
    /// How pixels are worked out.
    public let interpolation: Interpolation

    /// A resizing layer with Keras's default interpolation.
    public init(_ name: String, size: Pair, interpolation: Interpolation = .bilinear) {
        self.name = name
        self.size = size
        self.interpolation = interpolation
    }

    /// `[height, width, C]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        guard size.height > 0, size.width > 0 else {
            throw .hyperparameter(
                layer: name, className: className, name: "size", expected: "positive", found: "\(size)")
        }
        return [size.height, size.width, input[2]]
    }

    /// One operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let input = graph.shape(of: inputs[0])
        let output: Shape = [size.height, size.width, input[2]]
        guard input != output else { return inputs[0] }
        return graph.append(.resample(interpolation), to: inputs, layer: name, shape: output)
    }
}
