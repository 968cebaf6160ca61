import Tensors

/// Normalizes groups of channels of one picture to mean `beta` and deviation `gamma`.
///
/// Wu and He, "Group normalization", ECCV 2018.
public struct GroupNormalization: Layer {
    /// Keras's name of the class.
    public static let className = "GroupNormalization"
    /// The layer's name.
    public let name: String
    /// Into how many groups the channels are split; -1 for a group a channel.
    public let groups: Int
    /// The channels' axis, as Keras counts: the batch is axis 0, -1 is the last.
    public let axis: Int
    /// Added to the variance before its root is taken.
    public let epsilon: Float
    /// Whether `beta` is added.
    public let center: Bool
    /// Whether the result is multiplied by `gamma`.
    public let scale: Bool

    /// A normalization of groups of channels with Keras's defaults.
    public init(
        _ name: String, groups: Int = 32, axis: Int = -1, epsilon: Float = 1e-3, center: Bool = true,
        scale: Bool = true
    ) {
        self.name = name
        self.groups = groups
        self.axis = axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        try check([axis], of: input, several: false)
        let channels = channels(of: input)
        guard groups == -1 || (groups > 0 && channels.isMultiple(of: groups)) else {
            throw .hyperparameter(
                layer: name, className: className, name: "groups",
                expected: "a divisor of the \(channels) channels", found: "\(groups)")
        }
        return input
    }

    /// `gamma` and `beta`, each `[C]`.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        gammaAndBeta([channels(of: inputs[0])], gamma: scale, beta: center)
    }

    /// A layer normalization of the groups, brought together by a permutation; then scale and shift.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let dimensions = Self.dimensions([axis], of: graph.shape(of: inputs[0]))
        return graph.along(dimensions, of: inputs[0], layer: name) { value, graph in
            normalize(value, in: &graph)
        }
    }

    private func channels(of input: Shape) -> Int { input[Self.dimensions([axis], of: input)[0]] }

    private func normalize(_ value: ValueID, in graph: inout OperationGraph) -> ValueID {
        let input = graph.shape(of: value)
        let groups = groups == -1 ? input[-1] : groups
        let size = input[-1] / groups
        let pixels = input.elementCount / input[-1]
        func append(_ kind: Operation.Kind, _ value: ValueID, _ shape: Shape) -> ValueID {
            graph.append(kind, to: [value], layer: name, shape: shape)
        }
        var x = append(.reshape, value, [pixels, groups, size])
        x = append(.permute([1, 0, 2]), x, [groups, pixels, size])
        x = append(.reshape, x, [groups, pixels * size])
        x = append(.layerNormalization(gamma: nil, beta: nil, epsilon: epsilon), x, [groups, pixels * size])
        x = append(.reshape, x, [groups, pixels, size])
        x = append(.permute([1, 0, 2]), x, [pixels, groups, size])
        x = append(.reshape, x, input)
        guard scale || center else { return x }
        return graph.scaleChannels(
            x, gamma: scale ? ParameterKey(name, "gamma") : nil,
            beta: center ? ParameterKey(name, "beta") : nil, layer: name)
    }
}
