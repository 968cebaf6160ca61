import Tensors

/// `(x - mean) / √variance`, with numbers that were taken from the data before training or given.
public struct Normalization: Layer {
    /// Keras's name of the class.
    public static let className = "Normalization"
    /// The layer's name.
    public let name: String
    /// The axis that has a mean and variance an element, as Keras counts (-1 is the last, the only one
    /// supported); nil for one mean and variance for everything.
    public let axis: Int?
    /// The mean where it is given and not an array of the network: one number or one a channel.
    public let mean: [Float]?
    /// The variance where it is given and not an array of the network.
    public let variance: [Float]?
    /// Whether the opposite is done: `mean + x · √variance`.
    public let invert: Bool

    /// A normalization whose mean and variance are arrays of the network.
    public init(_ name: String, axis: Int? = -1, invert: Bool = false) {
        self.name = name
        self.axis = axis
        mean = nil
        variance = nil
        self.invert = invert
    }

    /// A normalization with given numbers, of either one or one a channel.
    public init(_ name: String, axis: Int? = -1, mean: [Float], variance: [Float], invert: Bool = false) {
        self.name = name
        self.axis = axis
        self.mean = mean
        self.variance = variance
        self.invert = invert
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        if let axis { try checkIsLast(axis, of: input) }
        let channels = input.dimensions.last ?? 1
        for (part, numbers) in [("mean", mean), ("variance", variance)] {
            if let numbers, numbers.count != 1, numbers.count != channels {
                throw .hyperparameter(
                    layer: name, className: className, name: part,
                    expected: "one number or \(channels), one a channel", found: "\(numbers.count) numbers")
            }
        }
        return input
    }

    /// `mean`, `variance` (each `[C]`, or `[]` without an axis) and `count` `[]`; nothing where they are given.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        guard mean == nil else { return [] }
        let shape: Shape = axis == nil ? [] : [inputs[0][-1]]
        return [
            ParameterSpec("mean", shape, .statistic, .zeros),
            ParameterSpec("variance", shape, .statistic, .ones),
            ParameterSpec("count", [], .statistic, .zeros),
        ]
    }

    /// A factor and a term a channel.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let channels = graph.shape(of: inputs[0])[-1]
        let (mean, variance, invert) = (mean, variance, invert)
        let keys = mean == nil ? [ParameterKey(name, "mean"), ParameterKey(name, "variance")] : []
        let affine = ChannelAffine(keys: keys) { arrays in
            let means = mean ?? arrays[0].elements
            let variances = variance ?? arrays[1].elements
            return Self.factorsAndTerms(means, variances, channels: channels, invert: invert)
        }
        return graph.append(.affine(affine), to: inputs, layer: name)
    }

    private static func factorsAndTerms(
        _ means: [Float], _ variances: [Float], channels: Int, invert: Bool
    ) -> (factors: [Float], terms: [Float]) {
        var (factors, terms) = ([Float](), [Float]())
        for channel in 0..<channels {
            let mean = Double(means.count == 1 ? means[0] : means[channel])
            let variance = Double(variances.count == 1 ? variances[0] : variances[channel])
            // Keras's own bound: a channel that never changes is not divided by zero.
            let deviation = max(variance.squareRoot(), 1e-7)
            factors.append(Float(invert ? deviation : 1 / deviation))
            terms.append(Float(invert ? mean : -mean / deviation))
        }
        return (factors, terms)
    }
}
