import COneDNN

/// A rectifier whose slopes below zero are an array, which may have extents of 1.
package enum ParametricRectifier {
    /// The rectifier of data that lies as given; the slopes' layout is the library's choice.
    package static func forward(
        _ data: MemoryDescriptor, slopes: [Int], forTraining: Bool
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_prelu_desc_t()
        try check(
            withPointers(data, MemoryDescriptor(anyLayout: slopes), data, data) { data, slopes, _, _ in
                dnnl_prelu_forward_desc_init(
                    &operation, forTraining ? dnnl_forward_training : dnnl_forward_inference, data, slopes)
            }, "describe a rectifier with slopes \(slopes)")
        return try Primitive(operation, "a rectifier of \(data.dimensions) with slopes \(slopes)")
    }

    /// The gradients with respect to data and slopes; those of the data lie as the data.
    package static func backward(
        _ data: MemoryDescriptor, slopes: MemoryDescriptor, hint: Primitive
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_prelu_desc_t()
        try check(
            withPointers(data, slopes, data, slopes) {
                dnnl_prelu_backward_desc_init(&operation, $0, $1, $2, $3)
            }, "describe the gradient of a rectifier")
        return try Primitive(
            operation, hint: hint,
            "the gradient of a rectifier of \(data.dimensions) with slopes \(slopes.dimensions)")
    }
}
