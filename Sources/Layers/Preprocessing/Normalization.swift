import Tensors

/// `(x - mean) / √variance`, with numbers that were taken from the data before training or given.
public struct Normalization: Layer {
    /// Keras's name of the class.
    public static let className = "Normalization"
    /// The layer's name.
    public let name: String
    /// The axes whose elements have a mean and variance each, as Keras counts: the batch is axis 0, -1 is the last.
    /// Without any, there is one mean and variance for everything.
    public let axes: [Int]
    /// The mean where it is given and not an array of the network: an array that can be broadcast to the extents of
    /// the axes.
    public let mean: GivenNumbers?
    /// The variance where it is given and not an array of the network.
    public let variance: GivenNumbers?
    /// Whether the opposite is done: `mean + x · √variance`.
    public let invert: Bool

    /// A normalization whose mean and variance are arrays of the network.
    public init(_ name: String, axes: [Int] = [-1], invert: Bool = false) {
        self.name = name
        self.axes = axes
        mean = nil
        variance = nil
        self.invert = invert
    }

    /// A normalization with given numbers.
    public init(
        _ name: String, axes: [Int] = [-1], mean: GivenNumbers, variance: GivenNumbers, invert: Bool = false
    ) {
        self.name = name
        self.axes = axes
        self.mean = mean
        self.variance = variance
        self.invert = invert
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        guard let dimensions = dimensions(of: input) else {
            throw .hyperparameter(
                layer: name, className: className, name: "axis",
                expected:
                    "none, or different ones of 1...\(input.rank) (or \(-input.rank)...-1) for an input "
                    + "of shape \(input) without the batch, which is axis 0",
                found: axes.count == 1 ? "\(axes[0])" : "\(axes)")
        }
        let extents = Shape(dimensions.map { input[$0] })
        for (part, numbers) in [("mean", mean), ("variance", variance)] {
            if let numbers, numbers.broadcast(to: extents) == nil {
                throw .hyperparameter(
                    layer: name, className: className, name: part,
                    expected: "one number or an array \(extents), one for each element of the axes",
                    found: "an array \(numbers.shape)")
            }
        }
        return input
    }

    /// `mean`, `variance` (each with the extents of the axes: `[C]`, or `[]` without axes) and `count` `[]`; nothing
    /// where they are given.
    public func parameters(for inputs: [Shape]) -> [ParameterSpec] {
        guard mean == nil else { return [] }
        let shape = Shape((dimensions(of: inputs[0]) ?? []).map { inputs[0][$0] })
        return [
            ParameterSpec("mean", shape, .statistic, .zeros),
            ParameterSpec("variance", shape, .statistic, .ones),
            ParameterSpec("count", [], .statistic, .zeros),
        ]
    }

    /// A factor and a term for each element of the axes.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let input = graph.shape(of: inputs[0])
        let dimensions = dimensions(of: input) ?? []
        guard !dimensions.isEmpty else {
            let operation = affine(extents: [], count: input[-1])
            return graph.append(operation, to: inputs, layer: name)
        }
        let extents = Shape(dimensions.map { input[$0] })
        return graph.along(dimensions, of: inputs[0], layer: name) { rows, graph in
            graph.append(affine(extents: extents, count: extents.elementCount), to: [rows], layer: name)
        }
    }

    /// The axes' dimensions without the batch in ascending order, in which Keras has the arrays.
    /// - Returns: nil where they are not different dimensions of the input.
    private func dimensions(of input: Shape) -> [Int]? {
        let dimensions = Set(Self.dimensions(axes, of: input))
        let areInside = dimensions.allSatisfy { (0..<input.rank).contains($0) }
        return areInside && dimensions.count == axes.count ? dimensions.sorted() : nil
    }

    private func affine(extents: Shape, count: Int) -> Operation.Kind {
        let (given, invert) = ((mean, variance), invert)
        let keys = mean == nil ? [ParameterKey(name, "mean"), ParameterKey(name, "variance")] : []
        return .affine(
            ChannelAffine(keys: keys) { arrays in
                let means = given.0.map { $0.broadcast(to: extents) ?? [] } ?? arrays[0].elements
                let variances = given.1.map { $0.broadcast(to: extents) ?? [] } ?? arrays[1].elements
                return Self.factorsAndTerms(means, variances, count: count, invert: invert)
            })
    }

    private static func factorsAndTerms(
        _ means: [Float], _ variances: [Float], count: Int, invert: Bool
    ) -> (factors: [Float], terms: [Float]) {
        var (factors, terms) = ([Float](), [Float]())
        for place in 0..<count {
            let mean = Double(means.count == 1 ? means[0] : means[place])
            let variance = Double(variances.count == 1 ? variances[0] : variances[place])
            // Keras's own bound: a channel that never changes is not divided by zero.
            let deviation = max(variance.squareRoot(), 1e-7)
            factors.append(Float(invert ? deviation : 1 / deviation))
            terms.append(Float(invert ? mean : -mean / deviation))
        }
        return (factors, terms)
    }
}
