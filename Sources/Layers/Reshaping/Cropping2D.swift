import Tensors

/// Cuts rows and columns off a picture.
public struct Cropping2D: Layer {
    /// Keras's name of the class.
    public static let className = "Cropping2D"
    /// The layer's name.
    public let name: String
    /// Rows and columns that are cut off at the beginning.
    public let before: Pair
    /// Rows and columns that are cut off at the end.
    public let after: Pair

    /// Cuts `cropping` rows and columns off every side.
    public init(_ name: String, cropping: Pair) { self.init(name, before: cropping, after: cropping) }

    /// Cuts different numbers of rows and columns off at the beginning and the end.
    public init(_ name: String, before: Pair, after: Pair) {
        self.name = name
        self.before = before
        self.after = after
    }

    /// The picture's shape, less the rows and columns that are cut off.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        let rows = input[0] - before.height - after.height
        let columns = input[1] - before.width - after.width
        guard min(before.height, before.width, after.height, after.width) >= 0, rows > 0, columns > 0 else {
            throw .hyperparameter(
                layer: name, className: className, name: "cropping",
                expected: "not negative and less than the picture \(input)", found: "\(before), \(after)")
        }
        return [rows, columns, input[2]]
    }

    /// One operation.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        guard before != 0 || after != 0 else { return inputs[0] }
        return graph.append(
            .crop(before: before), to: inputs, layer: name,
            shape: try! outputShape(for: [graph.shape(of: inputs[0])]))
    }
}
