import Tensors

/// A step of a network that describes itself: a value with hyper-parameters and no arrays.
///
/// Names, hyper-parameters and semantics are those of the Keras layer called `className`. Shapes leave
/// out the batch dimension: a picture is `[H, W, C]`, a feature vector `[C]`. The arrays live in
/// ``Parameters`` under the layer's name.
public protocol Layer: Sendable {
    /// Keras's name of the class: `Conv2D`.
    static var className: String { get }

    /// Keras's name of this layer's class, where one type stands for several.
    var className: String { get }

    /// The name that is unique in the network; the key of the layer's arrays in files, logs and errors.
    var name: String { get }

    /// The shape that the layer makes of its inputs' shapes.
    /// - Throws: ``LayerError`` where the layer cannot take them.
    func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape

    /// The arrays that the layer needs, in Keras's order.
    func parameters(for inputs: [Shape]) -> [ParameterSpec]

    /// Writes the layer as operations of the execution plan, and returns the value that is its output.
    func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID
}

extension Layer {
    /// Most layers have no arrays.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] { [] }

    /// Keras's name of the class: `Conv2D`.
    public var className: String { Self.className }
}

extension Layer {
    /// The only input of a layer that takes one.
    func onlyInput(_ inputs: [Shape]) throws(LayerError) -> Shape {
        guard inputs.count == 1 else {
            throw .inputCount(layer: name, className: className, expected: "one input", found: inputs.count)
        }
        return inputs[0]
    }

    /// The only input of a layer that takes one picture `[H, W, C]`.
    func onlyImage(_ inputs: [Shape]) throws(LayerError) -> Shape {
        let shape = try onlyInput(inputs)
        guard shape.rank == 3 else {
            throw .inputShape(layer: name, className: className, expected: "[H, W, C]", found: shape)
        }
        return shape
    }
}
