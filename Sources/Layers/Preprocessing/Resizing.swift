import Tensors

/// Gives pictures another size, as TensorFlow does: pixels are squares.
public struct Resizing: Layer {
    /// Keras's name of the class.
    public static let className = "Resizing"
    /// The layer's name.
    public let name: String
    /// The height and width wanted.
    public let size: Pair
    /// How pixels are worked out.
    public let interpolation: Interpolation
    /// Whether pictures are smoothed where they are made smaller; never where the nearest pixel is taken.
    public let antialias: Bool

    /// A resizing layer with Keras's defaults.
    public init(
        _ name: String, size: Pair, interpolation: Interpolation = .bilinear, antialias: Bool = false
    ) {
        self.name = name
        self.size = size
        self.interpolation = interpolation
        self.antialias = antialias
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
        return graph.append(
            .resample(interpolation, antialias: antialias), to: inputs, layer: name, shape: output)
    }
}
