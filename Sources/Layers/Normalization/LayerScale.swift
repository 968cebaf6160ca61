import Tensors

/// Multiplies every channel by a number that is trained; a layer of Keras's ConvNeXt.
///
/// Touvron et al., "Going deeper with image transformers", ICCV 2021.
public struct LayerScale: Layer {
    /// Keras's name of the class.
    public static let className = "LayerScale"
    /// The layer's name.
    public let name: String
    /// What the numbers are before training.
    public let initValues: Float
    /// How many channels there are.
    public let projectionDim: Int

    /// A scale a channel.
    public init(_ name: String, initValues: Float = 1e-6, projectionDim: Int) {
        self.name = name
        self.initValues = initValues
        self.projectionDim = projectionDim
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        guard input.rank >= 1, input[-1] == projectionDim else {
            throw .inputShape(
                layer: name, className: className, expected: "[..., \(projectionDim)]", found: input)
        }
        return input
    }

    /// `gamma` `[C]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        [ParameterSpec("gamma", [projectionDim], .normalization, .constant(initValues))]
    }

    /// A normalization without statistics, which the plan may fold into the layer before it.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.scaleChannels(inputs[0], gamma: ParameterKey(name, "gamma"), beta: nil, layer: name)
    }
}
