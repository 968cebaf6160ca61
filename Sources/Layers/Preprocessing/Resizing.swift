import Tensors

/// Gives pictures another size, as TensorFlow does: pixels are squares.
public struct Resizing: Layer {
    /// What becomes of a picture whose sides have another ratio than those wanted.
    public enum Proportions: Hashable, Sendable {
        /// It is stretched.
        case change
        /// Rows or columns are cut off first, as many on both sides; of an odd number, one more below or on the right.
        case crop
        /// Rows or columns of a value are put around it first, as many on both sides; of an odd number, one less.
        case pad(value: Float)
    }

    /// Keras's name of the class.
    public static let className = "Resizing"
    /// The layer's name.
    public let name: String
    /// The height and width wanted.
    public let size: Pair
    /// How pixels are worked out.
    public let interpolation: Interpolation
    /// Whether pictures are smoothed where they are made smaller; never where the nearest pixel is taken.
    public let antialias: Bool
    /// What becomes of a picture whose sides have another ratio.
    public let proportions: Proportions

    /// A resizing layer with Keras's defaults.
    public init(
        _ name: String, size: Pair, interpolation: Interpolation = .bilinear, antialias: Bool = false,
        proportions: Proportions = .change
    ) {
        self.name = name
        self.size = size
        self.interpolation = interpolation
        self.antialias = antialias
        self.proportions = proportions
    }

    /// `[height, width, C]`.
    public func outputShape(for inputs: [Shape]) throws(LayerError) -> Shape {
        let input = try onlyImage(inputs)
        guard size.height > 0, size.width > 0 else {
            throw .hyperparameter(
                layer: name, className: className, name: "size", expected: "positive", found: "\(size)")
        }
        return [size.height, size.width, input[2]]
    }

    /// A resampling of the picture, or of what is left or made of it.
    public func lower(_ inputs: [ValueID], into graph: inout OperationGraph) -> ValueID {
        switch proportions {
        case .change: return resample(inputs[0], &graph)
        case .crop:
            let input = graph.shape(of: inputs[0])
            let part = fitting(input, smaller: true)
            guard part != Pair(input[0], input[1]) else { return resample(inputs[0], &graph) }
            let before = Pair((input[0] - part.height) / 2, (input[1] - part.width) / 2)
            let cropped = graph.append(
                .crop(before: before), to: inputs, layer: name, shape: [part.height, part.width, input[2]])
            return resample(cropped, &graph)
        case .pad(let value): return pad(inputs[0], with: value, &graph)
        }
    }

    /// Weights of pixels sum to 1, so that it does not matter if a value is taken off before and added behind.
    private func pad(_ picture: ValueID, with value: Float, _ graph: inout OperationGraph) -> ValueID {
        let input = graph.shape(of: picture)
        let whole = fitting(input, smaller: false)
        let border = Pair((whole.height - input[0]) / 2, (whole.width - input[1]) / 2)
        guard border != 0 else { return resample(picture, &graph) }
        var x = picture
        func shift(by term: Float) {
            guard term != 0 else { return }
            x = graph.append(.elementwise(.linear(scale: 1, shift: term)), to: [x], layer: name)
        }
        shift(by: -value)
        x = graph.append(
            .zeroPadding(before: border, after: border), to: [x], layer: name,
            shape: [input[0] + 2 * border.height, input[1] + 2 * border.width, input[2]])
        x = resample(x, &graph)
        shift(by: value)
        return x
    }

    private func resample(_ picture: ValueID, _ graph: inout OperationGraph) -> ValueID {
        let input = graph.shape(of: picture)
        let output: Shape = [size.height, size.width, input[2]]
        guard input != output else { return picture }
        return graph.append(
            .resample(interpolation, antialias: antialias), to: [picture], layer: name, shape: output)
    }

    /// The largest part of a picture with the proportions wanted, or the smallest picture with them that holds it; in
    /// Keras's arithmetic.
    private func fitting(_ input: Shape, smaller: Bool) -> Pair {
        let height = Int(Float(input[1] * size.height) / Float(size.width))
        let width = Int(Float(input[0] * size.width) / Float(size.height))
        return smaller
            ? Pair(max(min(input[0], height), 1), max(min(input[1], width), 1))
            : Pair(max(input[0], height), max(input[1], width))
    }
}
