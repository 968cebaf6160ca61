/// The functions that Keras calls activations, by Keras's names.
public enum ActivationFunction: String, Sendable, CaseIterable {
    /// The identity.
    case linear
    /// `max(x, 0)`.
    case relu
    /// `min(max(x, 0), 6)`: Howard et al., "MobileNets", 2017.
    case relu6
    /// `1 / (1 + exp(-x))`.
    case sigmoid
    /// Exponentials that sum to one over the last dimension.
    case softmax
    /// The hyperbolic tangent.
    case tanh
    /// `x · sigmoid(x)`: Ramachandran et al., "Searching for activation functions", 2017.
    case swish
    /// `x · relu6(x + 3) / 6`: Howard et al., "Searching for MobileNetV3", 2019.
    case hardSwish = "hard_swish"
    /// `relu6(x + 3) / 6`, Keras 3's definition.
    case hardSigmoid = "hard_sigmoid"
}
