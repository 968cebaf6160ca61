import Tensors

/// `x · scale + offset`, with one number for everything or a number a channel.
public struct Rescaling: Layer {
    /// Keras's name of the class.
    public static let className = "Rescaling"
    /// The layer's name.
    public let name: String
    /// The factor, or the factor of every channel.
    public let scale: [Float]
    /// The term, or the term of every channel.
    public let offset: [Float]

    /// One factor and term for everything.
    public init(_ name: String, scale: Float, offset: Float = 0) {
        self.init(name, scale: [scale], offset: [offset])
    }

    /// Factors and terms, of either one or one a channel.
    public init(_ name: String, scale: [Float], offset: [Float] = [0]) {
        self.name = name
        self.scale = scale
        self.offset = offset
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        let channels = input.dimensions.last ?? 1
        for (part, numbers) in [("scale", scale), ("offset", offset)]
        where numbers.count != 1 && numbers.count != channels {
            throw .hyperparameter(
                layer: name, className: className, name: part,
                expected: "one number or \(channels), one a channel", found: "\(numbers.count) numbers")
        }
        return input
    }

    /// One operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        if scale.count == 1, offset.count == 1 {
            return graph.append(
                .elementwise(.linear(scale: scale[0], shift: offset[0])), to: inputs, layer: name)
        }
        let channels = graph.shape(of: inputs[0])[-1]
        let factors = scale.count == 1 ? Array(repeating: scale[0], count: channels) : scale
        let terms = offset.count == 1 ? Array(repeating: offset[0], count: channels) : offset
        return graph.append(
            .affine(ChannelAffine(keys: []) { _ in (factors, terms) }), to: inputs, layer: name)
    }
}
