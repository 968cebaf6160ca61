import Tensors

/// Normalizes every channel to mean `beta` and deviation `gamma`.
///
/// While it is trained it uses the batch's own mean and (biased) variance, and moves the running ones:
/// `moving = momentum · moving + (1 − momentum) · batch`, as Keras 3 does. At inference, and wherever the
/// layer is frozen, it uses the running ones and leaves them as they are.
///
/// Ioffe and Szegedy, "Batch normalization", ICML 2015.
public struct BatchNormalization: Layer {
    /// Keras's name of the class.
    public static let className = "BatchNormalization"
    /// The layer's name.
    public let name: String
    /// The channels' axis, as Keras counts: the batch is axis 0, -1 is the last.
    public let axis: Int
    /// How much of the running statistics remains after a batch.
    public let momentum: Float
    /// Added to the variance before its root is taken.
    public let epsilon: Float
    /// Whether `beta` is added.
    public let center: Bool
    /// Whether the result is multiplied by `gamma`.
    public let scale: Bool

    /// A normalization over all dimensions but the last, with Keras's defaults.
    public init(
        _ name: String, axis: Int = -1, momentum: Float = 0.99, epsilon: Float = 1e-3, center: Bool = true,
        scale: Bool = true
    ) {
        self.name = name
        self.axis = axis
        self.momentum = momentum
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        try checkIsLast(axis, of: input)
        guard (1...3).contains(input.rank) else {
            throw .inputShape(
                layer: name, className: className, expected: "[H, W, C], [rows, features] or [features]",
                found: input)
        }
        return input
    }

    /// `gamma`, `beta`, `moving_mean` and `moving_variance`, each `[C]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        let channels: Shape = [inputs[0][-1]]
        return gammaAndBeta([inputs[0][-1]], gamma: scale, beta: center) + [
            ParameterSpec("moving_mean", channels, .statistic, .zeros),
            ParameterSpec("moving_variance", channels, .statistic, .ones),
        ]
    }

    /// One normalization; the plan may fold it into the convolution before it.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let keys = NormalizationKeys(
            gamma: scale ? ParameterKey(name, "gamma") : nil, beta: center ? ParameterKey(name, "beta") : nil,
            movingMean: ParameterKey(name, "moving_mean"),
            movingVariance: ParameterKey(name, "moving_variance"))
        return graph.append(
            .batchNormalization(keys, epsilon: epsilon, momentum: momentum), to: inputs, layer: name)
    }
}
