import Tensors

/// Puts rows and columns of zeros around a picture.
public struct ZeroPadding2D: Layer {
    /// Keras's name of the class.
    public static let className = "ZeroPadding2D"
    /// The layer's name.
    public let name: String
    /// Rows and columns before the first.
    public let before: Pair
    /// Rows and columns behind the last.
    public let after: Pair

    /// `padding` rows and columns on every side.
    public init(_ name: String, padding: Pair) { self.init(name, before: padding, after: padding) }

    /// Different numbers of rows and columns before and behind.
    public init(_ name: String, before: Pair, after: Pair) {
        self.name = name
        self.before = before
        self.after = after
    }

    /// The picture's shape, grown by the padding.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        guard min(before.height, before.width, after.height, after.width) >= 0 else {
            throw .hyperparameter(
                layer: name, className: className, name: "padding", expected: "not negative",
                found: "\(before), \(after)")
        }
        return [
            input[0] + before.height + after.height, input[1] + before.width + after.width, input[2],
        ]
    }

    /// A padding, which the plan moves into the convolution behind it where it can.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        graph.append(
            .zeroPadding(before: before, after: after), to: inputs, layer: name,
            shape: try! outputShape(for: [graph.shape(of: inputs[0])]))
    }
}
