import COneDNN

/// A convolution's extents in the library's terms.
package struct ConvolutionShape: Hashable, Sendable {
    /// `(N, C, H, W)`.
    package var source: [Int]
    /// `(out, in, H, W)`, or `(groups, out / groups, in / groups, H, W)`.
    package var weights: [Int]
    /// `(N, C, H, W)`.
    package var destination: [Int]
    package var strides: [Int]
    /// How many elements lie between two of the kernel's: Keras's dilation rate less one.
    package var gaps: [Int]
    package var paddingBefore: [Int]
    package var paddingAfter: [Int]
    /// Whether this is the transpose of a convolution, from its destination to its source.
    package var isTransposed: Bool

    package init(
        source: [Int], weights: [Int], destination: [Int], strides: [Int], gaps: [Int], paddingBefore: [Int],
        paddingAfter: [Int], isTransposed: Bool = false
    ) {
        self.source = source
        self.weights = weights
        self.destination = destination
        self.strides = strides
        self.gaps = gaps
        self.paddingBefore = paddingBefore
        self.paddingAfter = paddingAfter
        self.isTransposed = isTransposed
    }

    private var outputChannels: Int { destination[1] }
    private var what: String {
        "a \(isTransposed ? "transposed " : "")convolution of \(source) with \(weights)"
    }

    /// The convolution itself; layouts are the library's choice.
    package func forward(
        bias: Bool, forTraining: Bool, postOperations: [PostOperation] = []
    ) throws(TensorError) -> Primitive {
        try fastest { algorithm throws(TensorError) in
            // Winograd's inference would keep kernels that are transformed already, four times the size.
            try forward(
                algorithm, bias: bias, forTraining: forTraining || algorithm == dnnl_convolution_winograd,
                postOperations: postOperations)
        }
    }

    private func forward(
        _ algorithm: dnnl_alg_kind_t, bias: Bool, forTraining: Bool, postOperations: [PostOperation]
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_convolution_desc_t()
        let describe =
            isTransposed
            ? dnnl_dilated_deconvolution_forward_desc_init : dnnl_dilated_convolution_forward_desc_init
        let sourceLayout = MemoryDescriptor(anyLayout: source)
        let weightsLayout = MemoryDescriptor(anyLayout: weights)
        let biasLayout = MemoryDescriptor(rowMajor: [outputChannels])
        let destinationLayout = MemoryDescriptor(anyLayout: destination)
        try check(
            withWindow { strides, gaps, before, after in
                withPointers(sourceLayout, weightsLayout, biasLayout, destinationLayout) {
                    describe(
                        &operation, forTraining ? dnnl_forward_training : dnnl_forward_inference,
                        algorithm, $0, $1, bias ? $2 : nil, $3, strides, gaps, before, after)
                }
            }, "describe \(what)")
        return try Primitive(operation, postOperations: postOperations, what)
    }

    /// The gradient with respect to the source.
    package func backwardSource(hint: Primitive) throws(TensorError) -> Primitive {
        try fastest { algorithm throws(TensorError) in try backwardSource(algorithm, hint: hint) }
    }

    private func backwardSource(
        _ algorithm: dnnl_alg_kind_t, hint: Primitive
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_convolution_desc_t()
        let describe =
            isTransposed
            ? dnnl_dilated_deconvolution_backward_data_desc_init
            : dnnl_dilated_convolution_backward_data_desc_init
        let sourceLayout = MemoryDescriptor(anyLayout: source)
        let weightsLayout = MemoryDescriptor(anyLayout: weights)
        let destinationLayout = MemoryDescriptor(anyLayout: destination)
        try check(
            withWindow { strides, gaps, before, after in
                withPointers(sourceLayout, weightsLayout, destinationLayout, destinationLayout) {
                    source, weights, destination, _ in
                    describe(
                        &operation, algorithm, source, weights, destination, strides, gaps,
                        before, after)
                }
            }, "describe the gradient of \(what)")
        return try Primitive(operation, hint: hint, "the gradient of \(what)")
    }

    /// The gradient with respect to weights and bias.
    package func backwardWeights(bias: Bool, hint: Primitive) throws(TensorError) -> Primitive {
        try fastest { algorithm throws(TensorError) in
            try backwardWeights(algorithm, bias: bias, hint: hint)
        }
    }

    private func backwardWeights(
        _ algorithm: dnnl_alg_kind_t, bias: Bool, hint: Primitive
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_convolution_desc_t()
        let describe =
            isTransposed
            ? dnnl_dilated_deconvolution_backward_weights_desc_init
            : dnnl_dilated_convolution_backward_weights_desc_init
        let sourceLayout = MemoryDescriptor(anyLayout: source)
        let weightsLayout = MemoryDescriptor(anyLayout: weights)
        let biasLayout = MemoryDescriptor(rowMajor: [outputChannels])
        let destinationLayout = MemoryDescriptor(anyLayout: destination)
        try check(
            withWindow { strides, gaps, before, after in
                withPointers(sourceLayout, weightsLayout, biasLayout, destinationLayout) {
                    describe(
                        &operation, algorithm, $0, $1, bias ? $2 : nil, $3, strides, gaps,
                        before, after)
                }
            }, "describe the weights' gradient of \(what)")
        return try Primitive(operation, hint: hint, "the weights' gradient of \(what)")
    }

    private func withWindow(
        _ body: (
            UnsafePointer<dnnl_dim_t>, UnsafePointer<dnnl_dim_t>, UnsafePointer<dnnl_dim_t>,
            UnsafePointer<dnnl_dim_t>
        ) -> dnnl_status_t
    ) -> dnnl_status_t {
        withDimensions(strides) { strides in
            withDimensions(gaps) { gaps in
                withDimensions(paddingBefore) { before in
                    withDimensions(paddingAfter) { after in body(strides, gaps, before, after) }
                }
            }
        }
    }
}

/// Lends four descriptors to a C call.
func withPointers(
    _ a: MemoryDescriptor, _ b: MemoryDescriptor, _ c: MemoryDescriptor, _ d: MemoryDescriptor,
    _ body: (
        UnsafePointer<dnnl_memory_desc_t>, UnsafePointer<dnnl_memory_desc_t>,
        UnsafePointer<dnnl_memory_desc_t>, UnsafePointer<dnnl_memory_desc_t>
    ) -> dnnl_status_t
) -> dnnl_status_t {
    withUnsafePointer(to: a.raw) { a in
        withUnsafePointer(to: b.raw) { b in
            withUnsafePointer(to: c.raw) { c in
                withUnsafePointer(to: d.raw) { d in body(a, b, c, d) }
            }
        }
    }
}
