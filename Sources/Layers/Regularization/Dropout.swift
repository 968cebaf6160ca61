import Tensors

/// While training, sets a random share of the elements to zero and scales up the others; the identity
/// otherwise.
///
/// Srivastava et al., "Dropout", JMLR 2014.
public struct Dropout: Layer {
    /// Keras's name of the class.
    public static let className = "Dropout"
    /// The layer's name.
    public let name: String
    /// The share of elements that is dropped, in `0..<1`.
    public let rate: Float
    /// The extents of what is drawn, without the batch: 1 where the elements along an axis share their fate,
    /// nil for the input's own extent. Without it, every element is drawn by itself.
    public let noiseShape: [Int?]?

    /// A dropout layer.
    public init(_ name: String, rate: Float, noiseShape: [Int?]? = nil) {
        self.name = name
        self.rate = rate
        self.noiseShape = noiseShape
    }

    /// The input's shape.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyInput(inputs)
        try checkShare(rate, "rate")
        if let noiseShape {
            let fits = zip(noiseShape, input.dimensions).allSatisfy { $0 == nil || $0 == 1 || $0 == $1 }
            guard noiseShape.count == input.rank, fits else {
                throw .hyperparameter(
                    layer: name, className: className, name: "noise shape",
                    expected: "1 or the extent for each of \(input)",
                    found: "[" + noiseShape.map { $0.map(String.init) ?? "nil" }.joined(separator: ", ") + "]"
                )
            }
        }
        return input
    }

    /// A random mask; the plan leaves it out at inference.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        let input = graph.shape(of: inputs[0])
        let drawn = Shape(zip(noiseShape ?? [], input.dimensions).map { $0 ?? $1 })
        return graph.drop(inputs[0], rate: rate, drawn: noiseShape == nil ? input : drawn, layer: name)
    }
}

extension Layer {
    func checkShare(_ value: Float, _ part: String) throws(LayerError) {
        guard value >= 0, value < 1 else {
            throw .hyperparameter(
                layer: name, className: className, name: part, expected: "at least 0 and below 1",
                found: "\(value)")
        }
    }
}

extension OperationGraph {
    /// - Parameter drawn: the shape of the mask, without the batch.
    mutating func drop(_ value: ValueID, rate: Float, drawn: Shape, layer: String) -> ValueID {
        guard rate > 0 else { return value }
        return append(.noise(.dropout(rate: rate), .multiply, drawn: drawn), to: [value], layer: layer)
    }
}
