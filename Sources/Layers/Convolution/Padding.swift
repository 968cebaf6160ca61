import Tensors

/// How a window meets the border of a picture, by Keras's names.
public enum Padding: String, Sendable {
    /// Windows stay inside the picture.
    case valid
    /// The output has `ceil(input / stride)` pixels; what is missing is zero, one more at the end than at
    /// the beginning where it is odd, as TensorFlow does (and unlike PyTorch and Caffe).
    case same
}

/// What a sliding window does along one dimension.
struct WindowExtent: Hashable, Sendable {
    let output: Int
    let paddingBefore: Int
    let paddingAfter: Int

    /// - Parameters:
    ///   - window: the kernel's extent.
    ///   - dilation: the distance between the kernel's elements.
    init(input: Int, window: Int, stride: Int, dilation: Int, padding: Padding) {
        let reach = (window - 1) * dilation + 1
        switch padding {
        case .valid:
            output = input < reach ? 0 : (input - reach) / stride + 1
            paddingBefore = 0
            paddingAfter = 0
        case .same:
            output = (input + stride - 1) / stride
            let missing = max((output - 1) * stride + reach - input, 0)
            paddingBefore = missing / 2
            paddingAfter = missing - missing / 2
        }
    }
}

/// A window that slides over a picture.
struct WindowGeometry: Hashable, Sendable {
    var kernel: Pair
    var strides: Pair
    var dilation: Pair = Pair(1)
    /// Zeros before the first row and column.
    var paddingBefore: Pair
    /// Zeros behind the last row and column.
    var paddingAfter: Pair

    init(kernel: Pair, strides: Pair, dilation: Pair, paddingBefore: Pair, paddingAfter: Pair) {
        self.kernel = kernel
        self.strides = strides
        self.dilation = dilation
        self.paddingBefore = paddingBefore
        self.paddingAfter = paddingAfter
    }

    init(input: [Int], kernel: Pair, strides: Pair, dilation: Pair = Pair(1), padding: Padding) {
        let rows = WindowExtent(
            input: input[0], window: kernel.height, stride: strides.height, dilation: dilation.height,
            padding: padding)
        let columns = WindowExtent(
            input: input[1], window: kernel.width, stride: strides.width, dilation: dilation.width,
            padding: padding)
        self.kernel = kernel
        self.strides = strides
        self.dilation = dilation
        paddingBefore = Pair(rows.paddingBefore, columns.paddingBefore)
        paddingAfter = Pair(rows.paddingAfter, columns.paddingAfter)
    }
}

/// A height and a width; an integer literal stands for both.
public struct Pair: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// Along the rows.
    public var height: Int
    /// Along the columns.
    public var width: Int

    /// A height and a width.
    public init(_ height: Int, _ width: Int) {
        self.height = height
        self.width = width
    }

    /// The same height and width.
    public init(_ both: Int) { self.init(both, both) }

    /// The same height and width.
    public init(integerLiteral value: Int) { self.init(value) }

    /// `(height, width)`.
    public var description: String { "(\(height), \(width))" }
}

extension Layer {
    /// The picture that a sliding window makes of another.
    func windowedShape(
        _ input: Shape, channels: Int, kernel: Pair, strides: Pair, dilation: Pair = Pair(1), padding: Padding
    ) throws(LayerError) -> Shape {
        for (name, value) in [("kernel size", kernel), ("strides", strides), ("dilation rate", dilation)] {
            guard value.height > 0, value.width > 0 else {
                throw .hyperparameter(
                    layer: self.name, className: className, name: name, expected: "positive",
                    found: "\(value)")
            }
        }
        let rows = WindowExtent(
            input: input[0], window: kernel.height, stride: strides.height, dilation: dilation.height,
            padding: padding)
        let columns = WindowExtent(
            input: input[1], window: kernel.width, stride: strides.width, dilation: dilation.width,
            padding: padding)
        guard rows.output > 0, columns.output > 0 else {
            throw .inputShape(
                layer: name, className: className, expected: "a picture of at least the kernel's \(kernel)",
                found: input)
        }
        return [rows.output, columns.output, channels]
    }
}
