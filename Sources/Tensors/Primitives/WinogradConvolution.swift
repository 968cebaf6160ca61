import COneDNN

// A 3x3 convolution that works out 4x4 pixels together needs 36 multiplications for them instead of 144:
// Lavin and Gray, "Fast algorithms for convolutional neural networks", CVPR 2016. What it saves in time it
// takes in memory, for the transformed tiles; and its rounding errors are some five times larger, 1e-6 of
// the results' size.

extension ConvolutionShape {
    private var batch: Int { source[0] }
    private var pixels: Int { destination[2] * destination[3] }

    /// Whether the saving is worth the transformation of the kernel: measured with 64 to 512 channels.
    private var gainsFromWinograd: Bool {
        !isTransposed && weights.count == 4 && weights[2...] == [3, 3] && strides == [1, 1] && gaps == [0, 0]
            && source[1] >= 32 && destination[1] >= 32 && batch * pixels >= 768
    }

    /// The convolution of as many of the batch's pictures as keep the processor busy. The fewer pictures are
    /// transformed at once, the less memory that takes; few pixels would not repay the kernel's transformation.
    package var part: ConvolutionShape {
        guard gainsFromWinograd else { return self }
        var part = self
        let count = (1...batch).first { batch % $0 == 0 && $0 * pixels >= 6000 } ?? batch
        part.source[0] = count
        part.destination[0] = count
        return part
    }

    /// Makes a primitive with the algorithm that suits the shape; the library has Winograd's for some
    /// processors and post-operations only.
    func fastest(
        _ primitive: (dnnl_alg_kind_t) throws(TensorError) -> Primitive
    ) throws(TensorError) -> Primitive {
        if gainsFromWinograd, let winograd = try? primitive(dnnl_convolution_winograd) { return winograd }
        return try primitive(isTransposed ? dnnl_deconvolution_direct : dnnl_convolution_direct)
    }
}
