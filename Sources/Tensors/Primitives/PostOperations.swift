import COneDNN

/// A function of one element, in the library's terms.
package enum ElementFunction: Hashable, Sendable {
    case relu
    /// `min(max(x, low), high)`.
    case clip(low: Float, high: Float)
    /// `x` where it is positive, `slope · x` elsewhere.
    case leakyRelu(slope: Float)
    /// `x` where it is positive, `alpha · (exp(x) - 1)` elsewhere.
    case elu(alpha: Float)
    /// `x · Φ(x)` with the normal distribution Φ.
    case gelu
    /// The same with Φ approximated by a hyperbolic tangent.
    case geluTanh
    case sigmoid
    case logSigmoid
    case tanh
    case swish
    case hardSwish
    case mish
    case exponential
    /// `log(1 + exp(x))`.
    case softplus
    case absolute
    case square
    case squareRoot
    /// `1 / x`.
    case reciprocal
    /// `scale · x + shift`.
    case linear(scale: Float, shift: Float)

    var algorithm: (kind: dnnl_alg_kind_t, alpha: Float, beta: Float) {
        switch self {
        case .relu: (dnnl_eltwise_relu, 0, 0)
        // Version 2 has no gradient at the bounds themselves, as Keras's ReLU6.
        case .clip(let low, let high): (dnnl_eltwise_clip_v2, low, high)
        case .leakyRelu(let slope): (dnnl_eltwise_relu, slope, 0)
        case .elu(let alpha): (dnnl_eltwise_elu, alpha, 0)
        case .gelu: (dnnl_eltwise_gelu_erf, 0, 0)
        case .geluTanh: (dnnl_eltwise_gelu_tanh, 0, 0)
        case .sigmoid: (dnnl_eltwise_logistic, 0, 0)
        case .logSigmoid: (dnnl_eltwise_logsigmoid, 0, 0)
        case .tanh: (dnnl_eltwise_tanh, 0, 0)
        case .swish: (dnnl_eltwise_swish, 1, 0)
        case .hardSwish: (dnnl_eltwise_hardswish, 0, 0)
        case .mish: (dnnl_eltwise_mish, 0, 0)
        case .exponential: (dnnl_eltwise_exp, 0, 0)
        case .softplus: (dnnl_eltwise_soft_relu, 0, 0)
        case .absolute: (dnnl_eltwise_abs, 0, 0)
        case .square: (dnnl_eltwise_square, 0, 0)
        case .squareRoot: (dnnl_eltwise_sqrt, 0, 0)
        case .reciprocal: (dnnl_eltwise_pow, 1, -1)
        case .linear(let scale, let shift): (dnnl_eltwise_linear, scale, shift)
        }
    }

    /// The variant whose gradient is worked out from the output; nil where only the input will do.
    var algorithmFromOutput: (kind: dnnl_alg_kind_t, alpha: Float, beta: Float)? {
        switch self {
        case .relu: (dnnl_eltwise_relu_use_dst_for_bwd, 0, 0)
        case .clip(let low, let high): (dnnl_eltwise_clip_v2_use_dst_for_bwd, low, high)
        // With a negative slope the output does not tell the input's sign.
        case .leakyRelu(let slope) where slope >= 0: (dnnl_eltwise_relu_use_dst_for_bwd, slope, 0)
        case .elu(let alpha) where alpha >= 0: (dnnl_eltwise_elu_use_dst_for_bwd, alpha, 0)
        case .sigmoid: (dnnl_eltwise_logistic_use_dst_for_bwd, 0, 0)
        case .tanh: (dnnl_eltwise_tanh_use_dst_for_bwd, 0, 0)
        case .exponential: (dnnl_eltwise_exp_use_dst_for_bwd, 0, 0)
        case .squareRoot: (dnnl_eltwise_sqrt_use_dst_for_bwd, 0, 0)
        default: nil
        }
    }

    /// Whether one primitive can apply this function after others.
    ///
    /// oneDNN 2.6 keeps a primitive's functions by their kind, so that the second of a kind would get the
    /// numbers of the first: `x + 3` and then `x / 6` would add 3 twice.
    package func mayFollow(_ others: [ElementFunction]) -> Bool {
        others.allSatisfy { $0 == self || $0.algorithm.kind != algorithm.kind }
    }

    /// Whether the gradient can be worked out from the output, so that the function may run in place.
    package var hasGradientFromOutput: Bool { algorithmFromOutput != nil }
}

/// What a primitive does to its result before writing it.
package enum PostOperation: Hashable, Sendable {
    /// Adds what is in the destination already.
    case accumulate
    case function(ElementFunction)
}

/// A primitive's attributes: its post-operations, and scratch memory that comes from the caller.
final class PrimitiveAttributes {
    private(set) var raw: dnnl_primitive_attr_t?

    init(_ postOperations: [PostOperation]) throws(TensorError) {
        try check(dnnl_primitive_attr_create(&raw), "make attributes")
        try check(
            dnnl_primitive_attr_set_scratchpad_mode(raw, dnnl_scratchpad_mode_user), "set the scratch mode")
        guard !postOperations.isEmpty else { return }
        var operations: dnnl_post_ops_t?
        try check(dnnl_post_ops_create(&operations), "make post-operations")
        defer { dnnl_post_ops_destroy(operations) }
        for operation in postOperations {
            switch operation {
            case .accumulate: try check(dnnl_post_ops_append_sum(operations, 1), "append a sum")
            case .function(let function):
                let (kind, alpha, beta) = function.algorithm
                try check(
                    dnnl_post_ops_append_eltwise(operations, 1, kind, alpha, beta), "append \(function)")
            }
        }
        try check(dnnl_primitive_attr_set_post_ops(raw, operations), "set post-operations")
    }

    deinit { dnnl_primitive_attr_destroy(raw) }
}
