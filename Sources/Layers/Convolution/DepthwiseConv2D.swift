import Tensors

/// Slides filters over every channel by itself.
///
/// Chollet, "Xception", CVPR 2017; Howard et al., "MobileNets", 2017.
public struct DepthwiseConv2D: Layer {
    /// Keras's name of the class.
    public static let className = "DepthwiseConv2D"
    /// The layer's name.
    public let name: String
    /// The window.
    public let kernelSize: Pair
    /// How far the window moves.
    public let strides: Pair
    /// What happens at the border.
    public let padding: Padding
    /// The distance between the window's elements.
    public let dilationRate: Pair
    /// How many outputs each channel has.
    public let depthMultiplier: Int
    /// The function applied to the result.
    public let activation: ActivationFunction
    /// Whether a bias is added.
    public let useBias: Bool
    /// How the kernel is filled when it is not imported.
    public let depthwiseInitializer: Initializer

    /// A depthwise convolution with Keras's defaults.
    public init(
        _ name: String, kernelSize: Pair, strides: Pair = 1, padding: Padding = .valid,
        dilationRate: Pair = 1, depthMultiplier: Int = 1, activation: ActivationFunction = .linear,
        useBias: Bool = true, depthwiseInitializer: Initializer = .glorotUniform
    ) {
        self.name = name
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.dilationRate = dilationRate
        self.depthMultiplier = depthMultiplier
        self.activation = activation
        self.useBias = useBias
        self.depthwiseInitializer = depthwiseInitializer
    }

    /// `[H', W', C · depthMultiplier]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        guard depthMultiplier > 0 else {
            throw .hyperparameter(
                layer: name, className: className, name: "depth multiplier", expected: "positive",
                found: "\(depthMultiplier)")
        }
        return try windowedShape(
            input, channels: input[2] * depthMultiplier, kernel: kernelSize, strides: strides,
            dilation: dilationRate, padding: padding)
    }

    /// `depthwise_kernel` `[H, W, C, depthMultiplier]` and `bias` `[C · depthMultiplier]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        let channels = inputs[0][2]
        let kernel = ParameterSpec(
            "depthwise_kernel", [kernelSize.height, kernelSize.width, channels, depthMultiplier], .kernel,
            depthwiseInitializer)
        let bias = ParameterSpec("bias", [channels * depthMultiplier], .bias, .zeros)
        return useBias ? [kernel, bias] : [kernel]
    }

    /// A convolution with a group a channel, then the activation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let convolved = graph.filterDepthwise(inputs[0], self)
        return graph.activate(convolved, with: activation, layer: name)
    }
}
