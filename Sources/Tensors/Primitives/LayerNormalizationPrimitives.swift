import COneDNN

/// A normalization of the rows of a matrix in the library's terms.
package struct RowNormalization: Hashable, Sendable {
    package var epsilon: Float
    package var scale: Bool
    package var shift: Bool

    package init(epsilon: Float, scale: Bool, shift: Bool) {
        self.epsilon = epsilon
        self.scale = scale
        self.shift = shift
    }

    private var flags: UInt32 {
        (scale ? UInt32(dnnl_use_scale.rawValue) : 0) | (shift ? UInt32(dnnl_use_shift.rawValue) : 0)
    }

    private func statistics(of data: MemoryDescriptor) -> MemoryDescriptor {
        MemoryDescriptor(rowMajor: [data.dimensions[0]])
    }

    /// The normalization of a matrix. In training it gives out the rows' means and variances.
    package func forward(_ data: MemoryDescriptor, forTraining: Bool) throws(TensorError) -> Primitive {
        var operation = dnnl_layer_normalization_desc_t()
        try check(
            withPointers(data, statistics(of: data), data, data) { data, statistics, _, _ in
                dnnl_layer_normalization_forward_desc_init(
                    &operation, forTraining ? dnnl_forward_training : dnnl_forward_inference, data,
                    statistics, epsilon, flags)
            }, "describe a layer normalization")
        return try Primitive(operation, "a layer normalization of \(data.dimensions)")
    }

    /// The gradients with respect to the data, scale and shift.
    package func backward(_ data: MemoryDescriptor, hint: Primitive) throws(TensorError) -> Primitive {
        var operation = dnnl_layer_normalization_desc_t()
        try check(
            withPointers(data, statistics(of: data), data, data) { data, statistics, _, _ in
                dnnl_layer_normalization_backward_desc_init(
                    &operation, scale || shift ? dnnl_backward : dnnl_backward_data, data, data, statistics,
                    epsilon, flags)
            }, "describe the gradient of a layer normalization")
        return try Primitive(
            operation, hint: hint, "the gradient of a layer normalization of \(data.dimensions)")
    }
}
