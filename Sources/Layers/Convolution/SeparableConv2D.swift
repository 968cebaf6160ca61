import Tensors

/// Filters every channel by itself, then mixes the channels of each pixel:
/// `activation(x ∗ depthwise_kernel ∗ pointwise_kernel + bias)`.
///
/// Chollet, "Xception: Deep learning with depthwise separable convolutions", CVPR 2017.
public struct SeparableConv2D: Layer {
    /// Keras's name of the class.
    public static let className = "SeparableConv2D"
    /// The layer's name.
    public let name: String
    /// How many channels it puts out.
    public let filters: Int
    /// The window.
    public let kernelSize: Pair
    /// How far the window moves.
    public let strides: Pair
    /// What happens at the border.
    public let padding: Padding
    /// The distance between the window's elements.
    public let dilationRate: Pair
    /// How many outputs each channel has between the two steps.
    public let depthMultiplier: Int
    /// The function applied to the result.
    public let activation: ActivationFunction
    /// Whether a bias is added.
    public let useBias: Bool
    /// How the depthwise kernel is filled when it is not imported.
    public let depthwiseInitializer: Initializer
    /// How the pointwise kernel is filled when it is not imported.
    public let pointwiseInitializer: Initializer

    /// A separable convolution with Keras's defaults.
    public init(
        _ name: String, filters: Int, kernelSize: Pair, strides: Pair = 1, padding: Padding = .valid,
        dilationRate: Pair = 1, depthMultiplier: Int = 1, activation: ActivationFunction = .linear,
        useBias: Bool = true, depthwiseInitializer: Initializer = .glorotUniform,
        pointwiseInitializer: Initializer = .glorotUniform
    ) {
        self.name = name
        self.filters = filters
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.dilationRate = dilationRate
        self.depthMultiplier = depthMultiplier
        self.activation = activation
        self.useBias = useBias
        self.depthwiseInitializer = depthwiseInitializer
        self.pointwiseInitializer = pointwiseInitializer
    }

    /// `[H', W', filters]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        for (part, value) in [("filters", filters), ("depth multiplier", depthMultiplier)] where value <= 0 {
            throw .hyperparameter(
                layer: name, className: className, name: part, expected: "positive", found: "\(value)")
        }
        return try windowedShape(
            try onlyImage(inputs), channels: filters, kernel: kernelSize, strides: strides,
            dilation: dilationRate, padding: padding)
    }

    /// `depthwise_kernel` `[H, W, C, depthMultiplier]`, `pointwise_kernel`
    /// `[1, 1, C · depthMultiplier, filters]` and `bias` `[filters]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        let channels = inputs[0][2]
        let specs = [
            ParameterSpec(
                "depthwise_kernel", [kernelSize.height, kernelSize.width, channels, depthMultiplier], .kernel,
                depthwiseInitializer),
            ParameterSpec(
                "pointwise_kernel", [1, 1, channels * depthMultiplier, filters], .kernel, pointwiseInitializer
            ),
        ]
        return useBias ? specs + [ParameterSpec("bias", [filters], .bias, .zeros)] : specs
    }

    /// Two convolutions, so that whatever is fused with a convolution is fused with the second, then the
    /// activation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let filtered = graph.filterDepthwise(
            inputs[0],
            DepthwiseConv2D(
                name, kernelSize: kernelSize, strides: strides, padding: padding, dilationRate: dilationRate,
                depthMultiplier: depthMultiplier, useBias: false))
        let mixed = graph.mixChannels(
            filtered, to: filters, kernel: ParameterKey(name, "pointwise_kernel"),
            bias: useBias ? ParameterKey(name, "bias") : nil, layer: name)
        return graph.activate(mixed, with: activation, layer: name)
    }
}

extension OperationGraph {
    /// A depthwise convolution without its activation.
    mutating func filterDepthwise(_ value: ValueID, _ layer: DepthwiseConv2D) -> ValueID {
        let input = shape(of: value)
        let window = WindowGeometry(
            input: input.dimensions, kernel: layer.kernelSize, strides: layer.strides,
            dilation: layer.dilationRate, padding: layer.padding)
        let convolution = Convolution(
            window: window, groups: input[2], kernelLayout: .depthwise,
            kernel: ParameterKey(layer.name, "depthwise_kernel"),
            bias: layer.useBias ? ParameterKey(layer.name, "bias") : nil)
        return append(
            .convolution(convolution), to: [value], layer: layer.name,
            shape: try! layer.outputShape(for: [input]))
    }

    /// A convolution with a window of one pixel: a matrix that every pixel's channels are multiplied by.
    mutating func mixChannels(
        _ value: ValueID, to channels: Int, kernel: ParameterKey, bias: ParameterKey?, layer: String
    ) -> ValueID {
        let input = shape(of: value)
        let window = WindowGeometry(input: input.dimensions, kernel: 1, strides: 1, padding: .valid)
        let convolution = Convolution(
            window: window, groups: 1, kernelLayout: .grouped, kernel: kernel, bias: bias)
        return append(
            .convolution(convolution), to: [value], layer: layer, shape: [input[0], input[1], channels])
    }
}
