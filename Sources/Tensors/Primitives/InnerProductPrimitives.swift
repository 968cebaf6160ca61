import COneDNN

/// The product of a batch `(N, in)` with a matrix, in the library's terms.
package struct InnerProductShape: Hashable, Sendable {
    package var batch: Int
    package var inputs: Int
    package var outputs: Int

    package init(batch: Int, inputs: Int, outputs: Int) {
        self.batch = batch
        self.inputs = inputs
        self.outputs = outputs
    }

    private var what: String { "a product of [\(batch), \(inputs)] with [\(inputs), \(outputs)]" }
    private var source: MemoryDescriptor { MemoryDescriptor(rowMajor: [batch, inputs]) }
    private var bias: MemoryDescriptor { MemoryDescriptor(rowMajor: [outputs]) }
    private var destination: MemoryDescriptor { MemoryDescriptor(rowMajor: [batch, outputs]) }
    /// Keras's kernel is `[in, out]`; used as it is, since the matrices are too large to copy every step.
    private var weights: MemoryDescriptor { MemoryDescriptor([outputs, inputs], strides: [1, outputs]) }

    /// The product itself.
    package func forward(
        bias hasBias: Bool, forTraining: Bool, postOperations: [PostOperation] = []
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_inner_product_desc_t()
        try check(
            withPointers(source, weights, bias, destination) {
                dnnl_inner_product_forward_desc_init(
                    &operation, forTraining ? dnnl_forward_training : dnnl_forward_inference, $0, $1,
                    hasBias ? $2 : nil, $3)
            }, "describe \(what)")
        return try Primitive(operation, postOperations: postOperations, what)
    }

    /// The gradient with respect to the source.
    package func backwardSource(hint: Primitive) throws(TensorError) -> Primitive {
        var operation = dnnl_inner_product_desc_t()
        try check(
            withPointers(source, weights, destination, destination) { source, weights, destination, _ in
                dnnl_inner_product_backward_data_desc_init(&operation, source, weights, destination)
            }, "describe the gradient of \(what)")
        return try Primitive(operation, hint: hint, "the gradient of \(what)")
    }

    /// The gradient with respect to weights and bias.
    package func backwardWeights(bias hasBias: Bool, hint: Primitive) throws(TensorError) -> Primitive {
        var operation = dnnl_inner_product_desc_t()
        try check(
            withPointers(source, weights, bias, destination) {
                dnnl_inner_product_backward_weights_desc_init(&operation, $0, $1, hasBias ? $2 : nil, $3)
            }, "describe the weights' gradient of \(what)")
        return try Primitive(operation, hint: hint, "the weights' gradient of \(what)")
    }
}
