import Tensors

/// While training, sets everything to zero for a random share of the pictures and scales up the others; the
/// identity otherwise. A layer of Keras's ConvNeXt.
///
/// Huang et al., "Deep networks with stochastic depth", ECCV 2016.
public struct StochasticDepth: Layer {
    /// Keras's name of the class.
    public static let className = "StochasticDepth"
    /// The layer's name.
    public let name: String
    /// The share of pictures that is dropped, in `0..<1`.
    public let dropPathRate: Float

    /// A dropout of whole pictures.
    public init(_ name: String, dropPathRate: Float) {
        self.name = name
        self.dropPathRate = dropPathRate
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        try checkShare(dropPathRate, "drop path rate")
        return try onlyInput(inputs)
    }

    /// A random mask a picture; the plan leaves it out at inference.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let ones = Shape(graph.shape(of: inputs[0]).dimensions.map { _ in 1 })
        return graph.drop(inputs[0], rate: dropPathRate, drawn: ones, layer: name)
    }
}
