import COneDNN

extension ElementFunction {
    /// The function of data that lies as given.
    package func forward(
        _ data: MemoryDescriptor, forTraining: Bool
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_eltwise_desc_t()
        let (kind, alpha, beta) = algorithm
        try check(
            withUnsafePointer(to: data.raw) {
                dnnl_eltwise_forward_desc_init(
                    &operation, forTraining ? dnnl_forward_training : dnnl_forward_inference, kind, $0,
                    alpha, beta)
            }, "describe \(self)")
        return try Primitive(operation, "\(self) of \(data.dimensions)")
    }

    /// The gradient, worked out from the function's output where it can be, else from its input.
    package func backward(
        _ data: MemoryDescriptor, gradient: MemoryDescriptor
    ) throws(TensorError) -> Primitive {
        let (kind, alpha, beta) = algorithmFromOutput ?? algorithm
        // The hint must be a forward primitive of the same kind.
        var forward = dnnl_eltwise_desc_t()
        var operation = dnnl_eltwise_desc_t()
        try check(
            withPointers(gradient, data, data, data) { gradient, data, _, _ in
                let status = dnnl_eltwise_forward_desc_init(
                    &forward, dnnl_forward_training, kind, data, alpha, beta)
                guard status == dnnl_success else { return status }
                return dnnl_eltwise_backward_desc_init(&operation, kind, gradient, data, alpha, beta)
            }, "describe the gradient of \(self)")
        let hint = try Primitive(forward, "\(self)")
        return try Primitive(operation, hint: hint, "the gradient of \(self) of \(data.dimensions)")
    }
}

/// Sums and products of two tensors, of which the second may have extents of 1.
package enum BinaryFunction: Hashable, Sendable {
    case add
    case multiply

    /// The function of data that lies as given; the result lies as the first.
    package func forward(
        _ first: MemoryDescriptor, _ second: MemoryDescriptor, postOperations: [PostOperation] = []
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_binary_desc_t()
        let kind = self == .add ? dnnl_binary_add : dnnl_binary_mul
        try check(
            withPointers(first, second, first, first) { first, second, result, _ in
                dnnl_binary_desc_init(&operation, kind, first, second, result)
            }, "describe \(self)")
        return try Primitive(operation, postOperations: postOperations, "\(self) of \(first.dimensions)")
    }
}

/// Exponentials that sum to one over the channels.
package enum SoftmaxFunction {
    package static func forward(_ data: MemoryDescriptor, axis: Int) throws(TensorError) -> Primitive {
        var operation = dnnl_softmax_v2_desc_t()
        try check(
            withUnsafePointer(to: data.raw) {
                dnnl_softmax_v2_forward_desc_init(
                    &operation, dnnl_forward_training, dnnl_softmax_accurate, $0, $0, Int32(axis))
            }, "describe softmax")
        return try Primitive(operation, "softmax of \(data.dimensions)")
    }

    package static func backward(
        _ data: MemoryDescriptor, gradient: MemoryDescriptor, axis: Int, hint: Primitive
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_softmax_v2_desc_t()
        try check(
            withPointers(gradient, data, data, data) { gradient, data, _, _ in
                dnnl_softmax_v2_backward_desc_init(
                    &operation, dnnl_softmax_accurate, gradient, gradient, data, Int32(axis))
            }, "describe the gradient of softmax")
        return try Primitive(operation, hint: hint, "the gradient of softmax of \(data.dimensions)")
    }
}

/// The sum over the extents that shrink to 1.
package enum ReductionFunction {
    package static func sum(
        _ source: MemoryDescriptor, into destination: MemoryDescriptor
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_reduction_desc_t()
        try check(
            withPointers(source, destination, source, source) { source, destination, _, _ in
                dnnl_reduction_desc_init(&operation, dnnl_reduction_sum, source, destination, 0, 0)
            }, "describe a sum")
        return try Primitive(operation, "a sum of \(source.dimensions) to \(destination.dimensions)")
    }
}
