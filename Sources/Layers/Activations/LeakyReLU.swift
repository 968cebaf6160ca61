import Tensors

/// `x` where it is positive, `negativeSlope · x` elsewhere.
///
/// Maas et al., "Rectifier nonlinearities improve neural network acoustic models", ICML 2013.
public struct LeakyReLU: Layer {
    /// Keras's name of the class.
    public static let className = "LeakyReLU"
    /// The layer's name.
    public let name: String
    /// The slope below zero; Keras 2 calls it alpha.
    public let negativeSlope: Float

    /// A leaky rectifier with Keras's default slope.
    public init(_ name: String, negativeSlope: Float = 0.3) {
        self.name = name
        self.negativeSlope = negativeSlope
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape { try onlyInput(inputs) }

    /// One elementwise operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(.elementwise(.leakyRelu(slope: negativeSlope)), to: inputs, layer: name)
    }
}
