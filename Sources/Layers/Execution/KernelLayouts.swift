import Tensors

extension Convolution {
    /// The kernel's extents in the library's order, of a kernel of Keras's shape.
    func weights(_ kernel: Shape) -> [Int] {
        switch kernelLayout {
        case .depthwise: [kernel[2], kernel[3], 1, kernel[0], kernel[1]]
        case .transposed: [kernel[2], kernel[3], kernel[0], kernel[1]]
        case .grouped where groups == 1: [kernel[3], kernel[2], kernel[0], kernel[1]]
        case .grouped: [groups, kernel[3] / groups, kernel[2], kernel[0], kernel[1]]
        }
    }

    /// How Keras's kernel lies in memory, said in the library's order: no copy is needed to read it.
    func kerasLayout(_ kernel: Shape) -> MemoryDescriptor {
        let column = kernel[2] * kernel[3]
        let row = kernel[1] * column
        let strides =
            switch kernelLayout {
            case .depthwise: [kernel[3], 1, 1, row, column]
            case .transposed: [kernel[3], 1, row, column]
            case .grouped where groups == 1: [1, kernel[3], row, column]
            case .grouped: [kernel[3] / groups, 1, kernel[3], row, column]
            }
        return MemoryDescriptor(weights(kernel), strides: strides)
    }

    /// The whole convolution in the library's terms.
    func shape(batch: Int, input: Shape, output: Shape, kernel: Shape) -> ConvolutionShape {
        ConvolutionShape(
            source: [batch, input[2], input[0], input[1]], weights: weights(kernel),
            destination: [batch, output[2], output[0], output[1]],
            strides: [window.strides.height, window.strides.width],
            gaps: [window.dilation.height - 1, window.dilation.width - 1],
            paddingBefore: [window.paddingBefore.height, window.paddingBefore.width],
            paddingAfter: [window.paddingAfter.height, window.paddingAfter.width],
            isTransposed: kernelLayout == .transposed)
    }
}

extension Shape {
    /// A batch of values of this shape in row-major order, in the library's terms: pictures have their
    /// channels second.
    func rowMajor(batch: Int) -> MemoryDescriptor {
        rank == 3
            ? MemoryDescriptor(channelsLast: batch, self[0], self[1], self[2])
            : MemoryDescriptor(rowMajor: [batch] + dimensions)
    }

    /// The library's extents of a batch of values of this shape.
    func libraryDimensions(batch: Int) -> [Int] {
        rank == 3 ? [batch, self[2], self[0], self[1]] : [batch] + dimensions
    }

    /// Which of the library's dimensions is Keras's last.
    var libraryChannelAxis: Int { libraryAxis(rank - 1) }

    /// Which of the library's dimensions is one of Keras's, the latter without the batch.
    func libraryAxis(_ axis: Int) -> Int { rank == 3 ? [2, 3, 1][axis] : axis + 1 }
}
