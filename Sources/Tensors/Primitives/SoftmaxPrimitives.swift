import COneDNN

/// Exponentials that sum to one over an axis, or their logarithms.
package struct SoftmaxFunction: Hashable, Sendable {
    package var isLogarithmic: Bool

    package init(isLogarithmic: Bool) { self.isLogarithmic = isLogarithmic }

    private var algorithm: dnnl_alg_kind_t { isLogarithmic ? dnnl_softmax_log : dnnl_softmax_accurate }

    package func forward(_ data: MemoryDescriptor, axis: Int) throws(TensorError) -> Primitive {
        var operation = dnnl_softmax_v2_desc_t()
        try check(
            withUnsafePointer(to: data.raw) {
                dnnl_softmax_v2_forward_desc_init(
                    &operation, dnnl_forward_training, algorithm, $0, $0, Int32(axis))
            }, "describe softmax")
        return try Primitive(operation, "softmax of \(data.dimensions)")
    }

    package func backward(
        _ data: MemoryDescriptor, gradient: MemoryDescriptor, axis: Int, hint: Primitive
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_softmax_v2_desc_t()
        try check(
            withPointers(gradient, data, data, data) { gradient, data, _, _ in
                dnnl_softmax_v2_backward_desc_init(
                    &operation, algorithm, gradient, gradient, data, Int32(axis))
            }, "describe the gradient of softmax")
        return try Primitive(operation, hint: hint, "the gradient of softmax of \(data.dimensions)")
    }
}
