/// The functions that Keras calls activations, by Keras's names and with Keras's default arguments.
public enum ActivationFunction: String, Sendable, CaseIterable {
    /// The identity.
    case linear
    /// `max(x, 0)`.
    case relu
    /// `min(max(x, 0), 6)`: Howard et al., "MobileNets", 2017.
    case relu6
    /// `x` where it is positive, `0.2 · x` elsewhere: Maas et al., ICML 2013.
    case leakyRelu = "leaky_relu"
    /// `x` where it is positive, `exp(x) - 1` elsewhere: Clevert et al., ICLR 2016.
    case elu
    /// An `elu` scaled so that normalized values stay so: Klambauer et al., NeurIPS 2017.
    case selu
    /// `x · Φ(x)` with the normal distribution Φ: Hendrycks and Gimpel, 2016.
    case gelu
    /// `1 / (1 + exp(-x))`.
    case sigmoid
    /// Exponentials that sum to one over the last dimension.
    case softmax
    /// The logarithm of the softmax.
    case logSoftmax = "log_softmax"
    /// The hyperbolic tangent.
    case tanh
    /// `x · sigmoid(x)`: Ramachandran et al., "Searching for activation functions", 2017.
    case swish
    /// `x · relu6(x + 3) / 6`: Howard et al., "Searching for MobileNetV3", 2019.
    case hardSwish = "hard_swish"
    /// `relu6(x + 3) / 6`, Keras 3's definition.
    case hardSigmoid = "hard_sigmoid"
    /// `min(max(x, -1), 1)`.
    case hardTanh = "hard_tanh"
    /// `x · tanh(log(1 + exp(x)))`: Misra, BMVC 2020.
    case mish
    /// `exp(x)`.
    case exponential
    /// `log(1 + exp(x))`.
    case softplus
    /// `x / (1 + |x|)`.
    case softsign
    /// `log(sigmoid(x))`.
    case logSigmoid = "log_sigmoid"
    /// `x - tanh(x)`.
    case tanhShrink = "tanh_shrink"
    /// `x` brought nearer to zero by 0.5, and zero within.
    case softShrink = "soft_shrink"
    /// `x` where it is farther than 0.5 from zero.
    case hardShrink = "hard_shrink"
    /// `(x + √(x² + 4)) / 2`.
    case squareplus
    /// `min(max((x + 1) / 2, 0), 1)`.
    case sparseSigmoid = "sparse_sigmoid"

    /// The function of a name in a Keras file, where several names may stand for one function: `silu` for
    /// `swish`, `hard_silu` for `hard_swish`, `celu` (with Keras's default arguments) for `elu`.
    public init?(kerasName name: String) {
        switch name {
        case "silu": self = .swish
        case "hard_silu": self = .hardSwish
        case "celu": self = .elu
        default: self.init(rawValue: name)
        }
    }
}
