import Tensors

/// `x · Φ(x)` with the normal distribution Φ, or the approximation of it by a hyperbolic tangent.
///
/// Hendrycks and Gimpel, "Gaussian error linear units", 2016. Keras has it as the function `gelu` only, with
/// the argument `approximate`.
public struct GELU: Layer {
    /// The name of the class.
    public static let className = "GELU"
    /// The layer's name.
    public let name: String
    /// Whether Φ(x) is taken to be `(1 + tanh(√(2 / π) · (x + 0.044715 · x³))) / 2`.
    public let approximate: Bool

    /// A Gaussian error linear unit.
    public init(_ name: String, approximate: Bool = false) {
        self.name = name
        self.approximate = approximate
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try onlyInput(inputs) }

    /// One elementwise operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(.elementwise(approximate ? .geluTanh : .gelu), to: inputs, layer: name)
    }
}
