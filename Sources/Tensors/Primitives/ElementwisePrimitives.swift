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
