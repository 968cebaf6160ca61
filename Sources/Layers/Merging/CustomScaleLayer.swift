import Tensors

/// `first + second · scale`; a layer of Keras's InceptionResNetV2.
public struct CustomScaleLayer: Layer {
    /// Keras's name of the class.
    public static let className = "CustomScaleLayer"
    /// The layer's name.
    public let name: String
    /// The second input's factor.
    public let scale: Float

    /// A sum with a factor.
    public init(_ name: String, scale: Float) {
        self.name = name
        self.scale = scale
    }

    /// The inputs' shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        try checkIsPair(inputs)
        return try mergedShape(inputs)
    }

    /// A product and a sum.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let scaled = graph.append(
            .elementwise(.linear(scale: scale, shift: 0)), to: [inputs[1]], layer: name)
        return graph.merge([inputs[0], scaled], .add, layer: name)
    }
}
