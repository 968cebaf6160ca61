import Tensors

/// Multiplies the last dimension by a matrix: `activation(x · kernel + bias)`.
public struct Dense: Layer {
    /// Keras's name of the class.
    public static let className = "Dense"
    /// The layer's name.
    public let name: String
    /// How many outputs it has.
    public let units: Int
    /// The function applied to the result.
    public let activation: ActivationFunction
    /// Whether a bias is added.
    public let useBias: Bool

    /// A fully connected layer.
    public init(_ name: String, units: Int, activation: ActivationFunction = .linear, useBias: Bool = true) {
        self.name = name
        self.units = units
        self.activation = activation
        self.useBias = useBias
    }

    /// `[units]` for an input `[features]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        guard units > 0 else {
            throw .hyperparameter(
                layer: name, className: className, name: "units", expected: "positive", found: "\(units)")
        }
        guard input.rank == 1 else {
            throw .inputShape(
                layer: name, className: className, expected: "[features] (is a Flatten or pooling missing?)",
                found: input)
        }
        return [units]
    }

    /// `kernel` `[features, units]` and `bias` `[units]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        let kernel = ParameterSpec("kernel", [inputs[0][-1], units], .kernel, .glorotUniform)
        return useBias ? [kernel, ParameterSpec("bias", [units], .bias, .zeros)] : [kernel]
    }

    /// An inner product, then the activation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let product = graph.append(
            .innerProduct(
                kernel: ParameterKey(name, "kernel"), bias: useBias ? ParameterKey(name, "bias") : nil),
            to: inputs, layer: name, shape: [units])
        return graph.activate(product, with: activation, layer: name)
    }
}
