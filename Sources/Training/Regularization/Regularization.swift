import Layers
import Tensors

/// What keeps the weights small while they are trained.
public struct Regularization: Sendable, Equatable {
    /// The weight of the sum of the kernels' absolute values in the loss.
    public var l1: Float
    /// The weight of the sum of the kernels' squares in the loss, Keras's meaning: the gradient is `2 · l2 · w`.
    public var l2: Float
    /// Decoupled weight decay; see ``Optimizer/weightDecay``.
    public var weightDecay: Float
    /// See ``Loss/labelSmoothing``.
    public var labelSmoothing: Float
    /// The greatest norm that all gradients together may have; longer ones are shortened. nil for no limit.
    public var clipNorm: Float?
    /// The greatest size that an element of a gradient may have. nil for no limit.
    public var clipValue: Float?

    /// No regularization but what is given.
    public init(
        l1: Float = 0, l2: Float = 0, weightDecay: Float = 0, labelSmoothing: Float = 0,
        clipNorm: Float? = nil, clipValue: Float? = nil
    ) {
        self.l1 = l1
        self.l2 = l2
        self.weightDecay = weightDecay
        self.labelSmoothing = labelSmoothing
        self.clipNorm = clipNorm
        self.clipValue = clipValue
    }

    /// Whether kernels add anything to the loss.
    var hasPenalty: Bool { l1 != 0 || l2 != 0 }

    /// What a kernel adds to the loss.
    func penalty(_ kernel: Tensor) -> Double {
        guard hasPenalty else { return 0 }
        return kernel.withElements { weights in
            var (absolute, squares) = (0.0, 0.0)
            for index in weights.indices {
                let weight = Double(weights[index])
                absolute += abs(weight)
                squares += weight * weight
            }
            return Double(l1) * absolute + Double(l2) * squares
        }
    }

    /// Adds the penalty's gradient to a kernel's.
    func addGradient(of kernel: Tensor, to gradient: inout MutableSpan<Float>) {
        guard hasPenalty else { return }
        kernel.withElements { weights in
            for index in weights.indices {
                let weight = weights[index]
                let sign: Float = weight > 0 ? 1 : weight < 0 ? -1 : 0
                gradient[index] += l1 * sign + 2 * l2 * weight
            }
        }
    }
}
