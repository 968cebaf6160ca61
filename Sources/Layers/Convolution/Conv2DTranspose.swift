import Tensors

/// The transpose (what differentiates it) of a convolution, which makes pictures larger; also called
/// deconvolution.
///
/// Zeiler et al., "Deconvolutional networks", CVPR 2010.
public struct Conv2DTranspose: Layer {
    /// Keras's name of the class.
    public static let className = "Conv2DTranspose"
    /// The layer's name.
    public let name: String
    /// How many channels it puts out.
    public let filters: Int
    /// The window.
    public let kernelSize: Pair
    /// How far the window moves in the larger picture.
    public let strides: Pair
    /// What happens at the border.
    public let padding: Padding
    /// How many rows and columns are added at the end; nil for as many as make the output `strides` times as
    /// large.
    public let outputPadding: Pair?
    /// The distance between the window's elements.
    public let dilationRate: Pair
    /// The function applied to the result.
    public let activation: ActivationFunction
    /// Whether a bias is added.
    public let useBias: Bool
    /// How the kernel is filled when it is not imported.
    public let kernelInitializer: Initializer

    /// A transposed convolution with Keras's defaults.
    public init(
        _ name: String, filters: Int, kernelSize: Pair, strides: Pair = 1, padding: Padding = .valid,
        outputPadding: Pair? = nil, dilationRate: Pair = 1, activation: ActivationFunction = .linear,
        useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform
    ) {
        self.name = name
        self.filters = filters
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.outputPadding = outputPadding
        self.dilationRate = dilationRate
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
    }

    /// `[H', W', filters]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        let positive = [
            ("filters", Pair(filters)), ("kernel size", kernelSize), ("strides", strides),
            ("dilation rate", dilationRate),
        ]
        for (part, value) in positive where value.height <= 0 || value.width <= 0 {
            throw .hyperparameter(
                layer: name, className: className, name: part, expected: "positive", found: "\(value)")
        }
        if let outputPadding {
            guard (0..<strides.height).contains(outputPadding.height),
                (0..<strides.width).contains(outputPadding.width)
            else {
                throw .hyperparameter(
                    layer: name, className: className, name: "output padding",
                    expected: "at least 0 and below the strides \(strides)", found: "\(outputPadding)")
            }
        }
        let (rows, columns) = extents(input)
        let transposed = Shape([rows.output, columns.output].map { max($0, 0) } + [filters])
        guard
            let back = try? windowedShape(
                transposed, channels: input[2], kernel: kernelSize, strides: strides, dilation: dilationRate,
                padding: padding), back == input
        else {
            throw .inputShape(
                layer: name, className: className,
                expected: "a picture that a convolution makes of the output \(transposed)", found: input)
        }
        return [rows.output, columns.output, filters]
    }

    /// `kernel` `[H, W, filters, in]` and `bias` `[filters]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        let shape: Shape = [kernelSize.height, kernelSize.width, filters, inputs[0][2]]
        let kernel = ParameterSpec("kernel", shape, .kernel, kernelInitializer)
        return useBias ? [kernel, ParameterSpec("bias", [filters], .bias, .zeros)] : [kernel]
    }

    /// A transposed convolution, then the activation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let input = graph.shape(of: inputs[0])
        let (rows, columns) = extents(input)
        let window = WindowGeometry(
            kernel: kernelSize, strides: strides, dilation: dilationRate,
            paddingBefore: Pair(rows.paddingBefore, columns.paddingBefore),
            paddingAfter: Pair(rows.paddingAfter, columns.paddingAfter))
        let convolution = Convolution(
            window: window, groups: 1, kernelLayout: .transposed, kernel: ParameterKey(name, "kernel"),
            bias: useBias ? ParameterKey(name, "bias") : nil)
        let convolved = graph.append(
            .convolution(convolution), to: inputs, layer: name, shape: [rows.output, columns.output, filters])
        return graph.activate(convolved, with: activation, layer: name)
    }

    /// The same layer with the output padding that makes a picture of a size, as Keras 1 asked for one.
    /// - Throws: ``LayerError/hyperparameter(layer:className:name:expected:found:)`` where no padding does.
    public func padded(toMake size: Pair, of input: Shape) throws(LayerError) -> Conv2DTranspose {
        let input = try onlyImage([input])
        // Keras's own padding, or the one that adds what is missing.
        let (rows, columns) = withOutputPadding(0).extents(input)
        let missing = Pair(size.height - rows.output, size.width - columns.output)
        let fitting = [nil, missing].lazy.map(withOutputPadding).first { layer in
            guard let made = try? layer.outputShape(for: [input]) else { return false }
            return Pair(made[0], made[1]) == size
        }
        guard let fitting else {
            throw .hyperparameter(
                layer: name, className: className, name: "output shape",
                expected: "of a picture that a convolution with windows \(kernelSize) and strides \(strides) "
                    + "makes \(input) of, with an output padding below the strides", found: "\(size)")
        }
        return fitting
    }

    private func withOutputPadding(_ padding: Pair?) -> Conv2DTranspose {
        Conv2DTranspose(
            name, filters: filters, kernelSize: kernelSize, strides: strides, padding: self.padding,
            outputPadding: padding, dilationRate: dilationRate, activation: activation, useBias: useBias,
            kernelInitializer: kernelInitializer)
    }

    private func extents(_ input: Shape) -> (rows: TransposedExtent, columns: TransposedExtent) {
        let rows = TransposedExtent(
            input: input[0], window: (kernelSize.height - 1) * dilationRate.height + 1,
            stride: strides.height, padding: padding, outputPadding: outputPadding?.height)
        let columns = TransposedExtent(
            input: input[1], window: (kernelSize.width - 1) * dilationRate.width + 1,
            stride: strides.width, padding: padding, outputPadding: outputPadding?.width)
        return (rows, columns)
    }
}

/// What a transposed window makes of one dimension.
///
/// The convolution that is transposed has this output for its input; its padding, by TensorFlow's rule, is
/// cut off here.
struct TransposedExtent {
    let output: Int
    let paddingBefore: Int
    let paddingAfter: Int

    init(input: Int, window: Int, stride: Int, padding: Padding, outputPadding: Int?) {
        let whole = (input - 1) * stride + window
        switch padding {
        case .valid:
            output = whole + (outputPadding ?? max(stride - window, 0))
            paddingBefore = 0
        case .same:
            output =
                outputPadding.map { (input - 1) * stride + window % 2 + $0 } ?? input * stride
            paddingBefore = max(whole - output, 0) / 2
        }
        // Where the output is larger than what the windows reach, its end is the bias alone.
        paddingAfter = max(whole - output - paddingBefore, 0)
    }
}
