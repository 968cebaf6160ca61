import Tensors

/// Makes pictures larger by whole factors.
public struct UpSampling2D: Layer {
    /// Keras's name of the class.
    public static let className = "UpSampling2D"
    /// The layer's name.
    public let name: String
    /// The factors.
    public let size: Pair
    /// How pixels are worked out; `nearest` repeats rows and columns.
    public let interpolation: Interpolation

    /// An upsampling layer with Keras's defaults.
    public init(_ name: String, size: Pair = 2, interpolation: Interpolation = .nearest) {
        self.name = name
        self.size = size
        self.interpolation = interpolation
    }

    /// `[H · size, W · size, C]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        guard size.height > 0, size.width > 0 else {
            throw .hyperparameter(
                layer: name, className: className, name: "size", expected: "positive", found: "\(size)")
        }
        return [input[0] * size.height, input[1] * size.width, input[2]]
    }

    /// One operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        guard size != 1 else { return inputs[0] }
        return graph.append(
            .resample(interpolation, antialias: false), to: inputs, layer: name,
            shape: try! outputShape(for: [graph.shape(of: inputs[0])]))
    }
}
