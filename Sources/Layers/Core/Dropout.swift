import Tensors

/// While training, sets a random share of the elements to zero and scales up the others; the identity
/// otherwise.
///
/// Srivastava et al., "Dropout", JMLR 2014.
public struct Dropout: Layer {
    /// Keras's name of the class.
    public static let className = "Dropout"
    /// The layer's name.
    public let name: String
    /// The share of elements that is dropped, in `0..<1`.
    public let rate: Float

    /// A dropout layer.
    public init(_ name: String, rate: Float) {
        self.name = name
        self.rate = rate
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        guard rate >= 0, rate < 1 else {
            throw .hyperparameter(
                layer: name, className: className, name: "rate", expected: "at least 0 and below 1",
                found: "\(rate)")
        }
        return try onlyInput(inputs)
    }

    /// A random mask; the plan leaves it out at inference.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        rate == 0 ? inputs[0] : graph.append(.dropout(rate: rate), to: inputs, layer: name)
    }
}
