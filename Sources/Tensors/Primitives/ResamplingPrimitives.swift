import COneDNN

/// Gives pictures another size.
package enum Resampling: Hashable, Sendable {
    case nearest
    case linear

    private var algorithm: dnnl_alg_kind_t {
        self == .nearest ? dnnl_resampling_nearest : dnnl_resampling_linear
    }

    /// The resampling of pictures that lie as given.
    /// - Parameter destination: the extents of the result, whose layout is the library's choice.
    package func forward(
        _ source: MemoryDescriptor, destination: [Int], forTraining: Bool
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_resampling_desc_t()
        try check(
            withPointers(source, MemoryDescriptor(anyLayout: destination), source, source) {
                source, destination, _, _ in
                dnnl_resampling_forward_desc_init(
                    &operation, forTraining ? dnnl_forward_training : dnnl_forward_inference, algorithm, nil,
                    source, destination)
            }, "describe a resampling of \(source.dimensions)")
        return try Primitive(operation, "a resampling of \(source.dimensions) to \(destination)")
    }

    /// The gradient with respect to the source.
    package func backward(
        source: MemoryDescriptor, destination: MemoryDescriptor, hint: Primitive
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_resampling_desc_t()
        try check(
            withPointers(source, destination, source, source) { source, destination, _, _ in
                dnnl_resampling_backward_desc_init(&operation, algorithm, nil, source, destination)
            }, "describe the gradient of a resampling of \(source.dimensions)")
        return try Primitive(operation, hint: hint, "the gradient of a resampling of \(source.dimensions)")
    }
}
