import COneDNN

/// A pooling's window in the library's terms.
package struct PoolingShape: Hashable, Sendable {
    package var isMaximum: Bool
    package var kernel: [Int]
    package var strides: [Int]
    package var paddingBefore: [Int]
    package var paddingAfter: [Int]

    package init(
        isMaximum: Bool, kernel: [Int], strides: [Int], paddingBefore: [Int], paddingAfter: [Int]
    ) {
        self.isMaximum = isMaximum
        self.kernel = kernel
        self.strides = strides
        self.paddingBefore = paddingBefore
        self.paddingAfter = paddingAfter
    }

    private var algorithm: dnnl_alg_kind_t {
        isMaximum ? dnnl_pooling_max : dnnl_pooling_avg_exclude_padding
    }

    /// The pooling of a source that lies as given.
    package func forward(
        _ source: MemoryDescriptor, destination: [Int], forTraining: Bool
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_pooling_v2_desc_t()
        try check(
            withWindow { strides, kernel, gaps, before, after in
                withPointers(source, MemoryDescriptor(anyLayout: destination), source, source) {
                    source, destination, _, _ in
                    dnnl_pooling_v2_forward_desc_init(
                        &operation, forTraining ? dnnl_forward_training : dnnl_forward_inference, algorithm,
                        source, destination, strides, kernel, gaps, before, after)
                }
            }, "describe a pooling of \(source.dimensions)")
        return try Primitive(operation, "a pooling of \(source.dimensions)")
    }

    /// The gradient with respect to the source.
    package func backward(
        source: MemoryDescriptor, destination: MemoryDescriptor, hint: Primitive
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_pooling_v2_desc_t()
        try check(
            withWindow { strides, kernel, gaps, before, after in
                withPointers(source, destination, source, source) { source, destination, _, _ in
                    dnnl_pooling_v2_backward_desc_init(
                        &operation, algorithm, source, destination, strides, kernel, gaps, before, after)
                }
            }, "describe the gradient of a pooling of \(source.dimensions)")
        return try Primitive(operation, hint: hint, "the gradient of a pooling of \(source.dimensions)")
    }

    private func withWindow(
        _ body: (
            UnsafePointer<dnnl_dim_t>, UnsafePointer<dnnl_dim_t>, UnsafePointer<dnnl_dim_t>,
            UnsafePointer<dnnl_dim_t>, UnsafePointer<dnnl_dim_t>
        ) -> dnnl_status_t
    ) -> dnnl_status_t {
        withDimensions(strides) { strides in
            withDimensions(kernel) { kernel in
                withDimensions([0, 0]) { gaps in
                    withDimensions(paddingBefore) { before in
                        withDimensions(paddingAfter) { after in body(strides, kernel, gaps, before, after) }
                    }
                }
            }
        }
    }
}
