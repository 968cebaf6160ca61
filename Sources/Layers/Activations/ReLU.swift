import Tensors

/// `x` above the threshold, cut at the maximum; `negativeSlope · (x - threshold)` below it.
///
/// Keras has it as a layer of its own beside `Activation("relu")`. Keras 2's `ThresholdedReLU` is this layer
/// with a threshold.
public struct ReLU: Layer {
    /// Keras's name of the class.
    public static let className = "ReLU"
    /// The layer's name.
    public let name: String
    /// Where the output is cut, 6 for ReLU6; nil for no limit.
    public let maxValue: Float?
    /// The slope below the threshold.
    public let negativeSlope: Float
    /// Where the rectifier begins.
    public let threshold: Float

    /// A rectifier layer with Keras's defaults.
    public init(
        _ name: String, maxValue: Float? = nil, negativeSlope: Float = 0, threshold: Float = 0
    ) {
        self.name = name
        self.maxValue = maxValue
        self.negativeSlope = negativeSlope
        self.threshold = threshold
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let parts = [
            ("maximum", maxValue ?? 0), ("negative slope", negativeSlope), ("threshold", threshold),
        ]
        for (part, value) in parts where !(value >= 0) {
            throw .hyperparameter(
                layer: name, className: className, name: part, expected: "not negative", found: "\(value)")
        }
        return try onlyInput(inputs)
    }

    /// One elementwise operation where the threshold is zero.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        func apply(_ function: ElementFunction, to value: ValueID) -> ValueID {
            graph.append(.elementwise(function), to: [value], layer: name)
        }
        guard threshold > 0 else {
            // Values below zero stay below the maximum, so that the cut may come last.
            guard negativeSlope > 0 else {
                return apply(maxValue.map { .clip(low: 0, high: $0) } ?? .relu, to: inputs[0])
            }
            let rectified = apply(.leakyRelu(slope: negativeSlope), to: inputs[0])
            return maxValue.map { apply(.clip(low: -.infinity, high: $0), to: rectified) } ?? rectified
        }
        var above = graph.append(.threshold(threshold), to: inputs, layer: name)
        if let maxValue { above = apply(.clip(low: 0, high: maxValue), to: above) }
        guard negativeSlope > 0 else { return above }
        let distance = apply(.linear(scale: -1, shift: threshold), to: inputs[0])
        let below = apply(.linear(scale: -negativeSlope, shift: 0), to: apply(.relu, to: distance))
        return graph.append(.combine(.add), to: [above, below], layer: name)
    }
}
