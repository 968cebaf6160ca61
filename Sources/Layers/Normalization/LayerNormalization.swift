import Tensors

/// Normalizes the last dimension of every element to mean `beta` and deviation `gamma`.
///
/// Ba et al., "Layer normalization", 2016.
public struct LayerNormalization: Layer {
    /// Keras's name of the class.
    public static let className = "LayerNormalization"
    /// The layer's name.
    public let name: String
    /// The axis that is normalized, as Keras counts: the batch is axis 0, -1 is the last.
    public let axis: Int
    /// Added to the variance before its root is taken.
    public let epsilon: Float
    /// Whether `beta` is added.
    public let center: Bool
    /// Whether the result is multiplied by `gamma`.
    public let scale: Bool

    /// A normalization of the last dimension with Keras's defaults.
    public init(
        _ name: String, axis: Int = -1, epsilon: Float = 1e-3, center: Bool = true, scale: Bool = true
    ) {
        self.name = name
        self.axis = axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        try checkIsLast(axis, of: input)
        return input
    }

    /// `gamma` and `beta`, each `[C]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        gammaAndBeta(channels: inputs[0][-1], gamma: scale, beta: center)
    }

    /// One operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(
            .layerNormalization(
                gamma: scale ? ParameterKey(name, "gamma") : nil,
                beta: center ? ParameterKey(name, "beta") : nil, epsilon: epsilon), to: inputs, layer: name)
    }
}

extension Layer {
    /// The arrays that a normalization ends with.
    func gammaAndBeta(channels: Int, gamma: Bool, beta: Bool) -> [ParameterSpec] {
        (gamma ? [ParameterSpec("gamma", [channels], .normalization, .ones)] : [])
            + (beta ? [ParameterSpec("beta", [channels], .normalization, .zeros)] : [])
    }

    /// - Parameter axis: as Keras counts, with the batch at 0.
    func checkIsLast(_ axis: Int, of input: Shape) throws(LayerError) {
        guard axis == -1 || axis == input.rank else {
            throw .hyperparameter(
                layer: name, className: className, name: "axis",
                expected: "the last (-1 or \(input.rank) for an input of shape \(input))", found: "\(axis)")
        }
    }
}
