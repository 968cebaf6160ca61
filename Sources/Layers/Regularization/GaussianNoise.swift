import Tensors

/// While training, adds normally distributed noise to every element; the identity otherwise.
public struct GaussianNoise: Layer {
    /// Keras's name of the class.
    public static let className = "GaussianNoise"
    /// The layer's name.
    public let name: String
    /// The noise's standard deviation.
    public let stddev: Float

    /// A layer that adds noise.
    public init(_ name: String, stddev: Float) {
        self.name = name
        self.stddev = stddev
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        guard stddev >= 0 else {
            throw .hyperparameter(
                layer: name, className: className, name: "standard deviation", expected: "not negative",
                found: "\(stddev)")
        }
        return try onlyInput(inputs)
    }

    /// A random term; the plan leaves it out at inference.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        guard stddev > 0 else { return inputs[0] }
        return graph.append(
            .noise(
                .normal(mean: 0, deviation: stddev), .add, drawn: graph.shape(of: inputs[0])), to: inputs,
            layer: name)
    }
}
