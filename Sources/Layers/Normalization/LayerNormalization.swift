import Tensors

/// Normalizes the elements along one axis, or several together, to mean `beta` and deviation `gamma`.
///
/// Ba et al., "Layer normalization", 2016.
public struct LayerNormalization: Layer {
    /// Keras's name of the class.
    public static let className = "LayerNormalization"
    /// The layer's name.
    public let name: String
    /// The axes that are normalized together, as Keras counts: the batch is axis 0, -1 is the last.
    public let axes: [Int]
    /// Added to the variance before its root is taken.
    public let epsilon: Float
    /// Whether `beta` is added.
    public let center: Bool
    /// Whether the result is multiplied by `gamma`.
    public let scale: Bool

    /// A normalization of the last dimension with Keras's defaults.
    public init(
        _ name: String, axes: [Int] = [-1], epsilon: Float = 1e-3, center: Bool = true, scale: Bool = true
    ) {
        self.name = name
        self.axes = axes
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        try check(axes, of: input, several: true)
        return input
    }

    /// `gamma` and `beta`, each with the extents of the axes: `[C]`, or `[H, W, C]` for all of a picture's.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        let extents = Shape(Self.dimensions(axes, of: inputs[0]).map { inputs[0][$0] })
        return gammaAndBeta(extents, gamma: scale, beta: center)
    }

    /// A normalization of rows.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let kind = Operation.Kind.layerNormalization(
            gamma: scale ? ParameterKey(name, "gamma") : nil,
            beta: center ? ParameterKey(name, "beta") : nil, epsilon: epsilon)
        let dimensions = Self.dimensions(axes, of: graph.shape(of: inputs[0]))
        return graph.along(dimensions, of: inputs[0], layer: name) { rows, graph in
            graph.append(kind, to: [rows], layer: name)
        }
    }
}

extension Layer {
    /// The arrays that a normalization ends with.
    func gammaAndBeta(_ shape: Shape, gamma: Bool, beta: Bool) -> [ParameterSpec] {
        (gamma ? [ParameterSpec("gamma", shape, .normalization, .ones)] : [])
            + (beta ? [ParameterSpec("beta", shape, .normalization, .zeros)] : [])
    }

    /// - Parameter axis: as Keras counts, with the batch at 0.
    func checkIsLast(_ axis: Int, of input: Shape) throws(LayerError) {
        guard axis == -1 || axis == input.rank else {
            throw .hyperparameter(
                layer: name, className: className, name: "axis",
                expected: "the last (-1 or \(input.rank) for an input of shape \(input))", found: "\(axis)")
        }
    }
}
