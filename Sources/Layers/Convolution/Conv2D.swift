import Tensors

/// Slides a bank of filters over a picture: `activation(x ∗ kernel + bias)`.
public struct Conv2D: Layer {
    /// Keras's name of the class.
    public static let className = "Conv2D"
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
    /// Into how many independent parts the channels are split.
    public let groups: Int
    /// The function applied to the result.
    public let activation: ActivationFunction
    /// Whether a bias is added.
    public let useBias: Bool
    /// How the kernel is filled when it is not imported.
    public let kernelInitializer: Initializer

    /// A convolution with Keras's defaults.
    public init(
        _ name: String, filters: Int, kernelSize: Pair, strides: Pair = 1, padding: Padding = .valid,
        dilationRate: Pair = 1, groups: Int = 1, activation: ActivationFunction = .linear,
        useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform
    ) {
        self.name = name
        self.filters = filters
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.dilationRate = dilationRate
        self.groups = groups
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
    }

    /// `[H', W', filters]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        guard filters > 0, groups > 0, filters.isMultiple(of: groups), input[2].isMultiple(of: groups) else {
            throw .hyperparameter(
                layer: name, className: className, name: "groups",
                expected: "a divisor of the \(input[2]) input channels and \(filters) filters",
                found: "\(groups)")
        }
        return try windowedShape(
            input, channels: filters, kernel: kernelSize, strides: strides, dilation: dilationRate,
            padding: padding)
    }

    /// `kernel` `[H, W, in / groups, filters]` and `bias` `[filters]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        let shape: Shape = [kernelSize.height, kernelSize.width, inputs[0][2] / groups, filters]
        let kernel = ParameterSpec("kernel", shape, .kernel, kernelInitializer)
        return useBias ? [kernel, ParameterSpec("bias", [filters], .bias, .zeros)] : [kernel]
    }

    /// A convolution, then the activation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let input = graph.shape(of: inputs[0])
        let window = WindowGeometry(
            input: input.dimensions, kernel: kernelSize, strides: strides, dilation: dilationRate,
            padding: padding)
        let convolved = graph.append(
            .convolution(
                Convolution(
                    window: window, groups: groups, kernelLayout: .grouped,
                    kernel: ParameterKey(name, "kernel"), bias: useBias ? ParameterKey(name, "bias") : nil)),
            to: inputs, layer: name, shape: try! outputShape(for: [input]))
        return graph.activate(convolved, with: activation, layer: name)
    }
}
