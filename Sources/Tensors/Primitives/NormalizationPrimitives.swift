import COneDNN

/// A batch normalization in the library's terms.
package struct NormalizationOptions: Hashable, Sendable {
    package var epsilon: Float
    package var scale: Bool
    package var shift: Bool
    /// Whether mean and variance are given and not taken from the batch.
    package var usesGivenStatistics: Bool
    /// Whether a rectifier follows in the same pass.
    package var fusesRelu: Bool

    package init(epsilon: Float, scale: Bool, shift: Bool, usesGivenStatistics: Bool, fusesRelu: Bool) {
        self.epsilon = epsilon
        self.scale = scale
        self.shift = shift
        self.usesGivenStatistics = usesGivenStatistics
        self.fusesRelu = fusesRelu
    }

    private var flags: UInt32 {
        var flags: UInt32 = 0
        if scale { flags |= UInt32(dnnl_use_scale.rawValue) }
        if shift { flags |= UInt32(dnnl_use_shift.rawValue) }
        if usesGivenStatistics { flags |= UInt32(dnnl_use_global_stats.rawValue) }
        if fusesRelu { flags |= UInt32(dnnl_fuse_norm_relu.rawValue) }
        return flags
    }

    /// The normalization of data that lies as given.
    package func forward(_ data: MemoryDescriptor, forTraining: Bool) throws(TensorError) -> Primitive {
        var operation = dnnl_batch_normalization_desc_t()
        try check(
            withUnsafePointer(to: data.raw) {
                dnnl_batch_normalization_forward_desc_init(
                    &operation, forTraining ? dnnl_forward_training : dnnl_forward_inference, $0, epsilon,
                    flags)
            }, "describe a batch normalization")
        return try Primitive(operation, "a batch normalization of \(data.dimensions)")
    }

    /// The gradients with respect to the data, scale and shift; oneDNN 2 has no version without the latter
    /// two where they are used.
    package func backward(
        _ data: MemoryDescriptor, gradient: MemoryDescriptor, hint: Primitive
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_batch_normalization_desc_t()
        try check(
            withPointers(gradient, data, data, data) { gradient, data, _, _ in
                dnnl_batch_normalization_backward_desc_init(
                    &operation, scale || shift ? dnnl_backward : dnnl_backward_data, gradient, data, epsilon,
                    flags)
            }, "describe the gradient of a batch normalization")
        return try Primitive(
            operation, hint: hint, "the gradient of a batch normalization of \(data.dimensions)")
    }
}
