import COneDNN

/// A function of one element, in the library's terms.
package enum ElementFunction: Hashable, Sendable {
    case relu
    /// `min(max(x, low), high)`.
    case clip(low: Float, high: Float)
    case sigmoid
    case tanh
    case swish
    case hardSwish
    /// `scale · x + shift`.
    case linear(scale: Float, shift: Float)

    var algorithm: (kind: dnnl_alg_kind_t, alpha: Float, beta: Float) {
        switch self {
        case .relu: (dnnl_eltwise_relu, 0, 0)
        // Version 2 has no gradient at the bounds themselves, as Keras's ReLU6.
        case .clip(let low, let high): (dnnl_eltwise_clip_v2, low, high)
        case .sigmoid: (dnnl_eltwise_logistic, 0, 0)
        case .tanh: (dnnl_eltwise_tanh, 0, 0)
        case .swish: (dnnl_eltwise_swish, 1, 0)
        case .hardSwish: (dnnl_eltwise_hardswish, 0, 0)
        case .linear(let scale, let shift): (dnnl_eltwise_linear, scale, shift)
        }
    }

    /// The variant whose gradient is worked out from the output; nil where only the input will do.
    var algorithmFromOutput: (kind: dnnl_alg_kind_t, alpha: Float, beta: Float)? {
        switch self {
        case .relu: (dnnl_eltwise_relu_use_dst_for_bwd, 0, 0)
        case .clip(let low, let high): (dnnl_eltwise_clip_v2_use_dst_for_bwd, low, high)
        case .sigmoid: (dnnl_eltwise_logistic_use_dst_for_bwd, 0, 0)
        case .tanh: (dnnl_eltwise_tanh_use_dst_for_bwd, 0, 0)
        case .swish, .hardSwish, .linear: nil
        }
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
