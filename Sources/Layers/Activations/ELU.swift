import Tensors

/// `x` where it is positive, `alpha · (exp(x) - 1)` elsewhere.
///
/// Clevert et al., "Fast and accurate deep network learning by exponential linear units", ICLR 2016.
public struct ELU: Layer {
    /// Keras's name of the class.
    public static let className = "ELU"
    /// The layer's name.
    public let name: String
    /// Minus the value that is approached below zero.
    public let alpha: Float

    /// An exponential linear unit with Keras's default.
    public init(_ name: String, alpha: Float = 1) {
        self.name = name
        self.alpha = alpha
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try onlyInput(inputs) }

    /// One elementwise operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(.elementwise(.elu(alpha: alpha)), to: inputs, layer: name)
    }
}
