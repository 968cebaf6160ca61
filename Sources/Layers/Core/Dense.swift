import Tensors

/// Multiplies the last dimension by a matrix: `activation(x · kernel + bias)`.
public struct Dense: Layer {
    /// Keras's name of the class.
    public static let className = "Dense"
    /// The layer's name.
    public let name: String
    /// How many outputs it has.
    public let units: Int
    /// The function applied to the result.
    public let activation: ActivationFunction
    /// Whether a bias is added.
    public let useBias: Bool
    /// How the kernel is filled when it is not imported.
    public let kernelInitializer: Initializer

    /// A fully connected layer with Keras's defaults.
    public init(
        _ name: String, units: Int, activation: ActivationFunction = .linear, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform
    ) {
        self.name = name
        self.units = units
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
    }

    /// The input's shape with `units` for its last extent.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        guard units > 0 else {
            throw .hyperparameter(
                layer: name, className: className, name: "units", expected: "positive", found: "\(units)")
        }
        guard input.rank >= 1 else {
            throw .inputShape(
                layer: name, className: className, expected: "[features] or more dimensions", found: input)
        }
        return Shape(input.dimensions.dropLast() + [units])
    }

    /// `kernel` `[features, units]` and `bias` `[units]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        let kernel = ParameterSpec("kernel", [inputs[0][-1], units], .kernel, kernelInitializer)
        return useBias ? [kernel, ParameterSpec("bias", [units], .bias, .zeros)] : [kernel]
    }

    /// An inner product, or a convolution of single pixels where there are several rows; then the activation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let kernel = ParameterKey(name, "kernel")
        let bias = useBias ? ParameterKey(name, "bias") : nil
        let input = graph.shape(of: inputs[0])
        let output = Shape(input.dimensions.dropLast() + [units])
        let product: ValueID
        switch input.rank {
        case 1:
            product = graph.append(
                .innerProduct(kernel: kernel, bias: bias), to: inputs, layer: name, shape: output)
        case 3:
            product = graph.mixChannels(inputs[0], to: units, kernel: kernel, bias: bias, layer: name)
        default:
            let rows = graph.append(
                .reshape, to: inputs, layer: name, shape: [1, input.elementCount / input[-1], input[-1]])
            let mixed = graph.mixChannels(rows, to: units, kernel: kernel, bias: bias, layer: name)
            product = graph.append(.reshape, to: [mixed], layer: name, shape: output)
        }
        return graph.activate(product, with: activation, layer: name)
    }
}
