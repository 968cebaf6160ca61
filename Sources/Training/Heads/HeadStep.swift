import Layers
import Tensors

/// A step of a head that waits to be computed, perhaps with those of others.
struct HeadStep {
    /// What is computed.
    var chain: HeadChain
    /// The features, `[N, D]`.
    var inputs: Tensor
    /// The layers' kernels.
    var kernels: [Tensor]
    /// The layers' biases.
    var biases: [Tensor?]
    /// The base of dropout's random numbers.
    var seed: UInt64
    /// The gradient of the loss with respect to the logits, `[N, K]`, given the logits; nil where the loss is
    /// not finite.
    var judge: (Tensor) throws -> Tensor?

    var count: Int { inputs.shape[0] }
}

/// The gradients of a head's arrays.
struct HeadGradients: GradientStore {
    private(set) var gradientKeys: [ParameterKey] = []
    private var tensors: [ParameterKey: Tensor] = [:]

    /// Adds an array's gradient.
    mutating func add(_ key: ParameterKey, _ tensor: Tensor) {
        gradientKeys.append(key)
        tensors[key] = tensor
    }

    /// The shape of an array.
    func shape(of key: ParameterKey) -> Shape { tensors[key]?.shape ?? [] }

    func withGradient<Result>(
        of key: ParameterKey, _ body: (Span<Float>) throws -> Result
    ) rethrows -> Result? { try tensors[key]?.withElements(body) }

    mutating func withMutableGradient<Result>(
        of key: ParameterKey, _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result? { try tensors[key]?.withMutableElements(body) }
}

/// Who computes the steps of heads.
protocol HeadComputer {
    /// Computes a step.
    /// - Returns: the gradients of the head's arrays; nil where its loss is not finite.
    func gradients(of step: HeadStep) throws -> HeadGradients?
}
