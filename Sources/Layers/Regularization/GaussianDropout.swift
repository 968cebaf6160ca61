import Tensors

/// While training, multiplies every element by normally distributed noise around 1 with the deviation
/// `√(rate / (1 - rate))`, that of dropout; the identity otherwise.
///
/// Srivastava et al., "Dropout", JMLR 2014.
public struct GaussianDropout: Layer {
    /// Keras's name of the class.
    public static let className = "GaussianDropout"
    /// The layer's name.
    public let name: String
    /// The rate of the dropout that has the same deviation, in `0..<1`.
    public let rate: Float

    /// A layer that multiplies by noise.
    public init(_ name: String, rate: Float) {
        self.name = name
        self.rate = rate
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        try checkShare(rate, "rate")
        return try onlyInput(inputs)
    }

    /// A random factor; the plan leaves it out at inference.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        guard rate > 0 else { return inputs[0] }
        let deviation = (rate / (1 - rate)).squareRoot()
        return graph.append(
            .noise(
                .normal(mean: 1, deviation: deviation), .multiply, drawn: graph.shape(of: inputs[0])),
            to: inputs, layer: name)
    }
}
