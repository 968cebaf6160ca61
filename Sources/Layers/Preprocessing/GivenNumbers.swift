import Tensors

/// Numbers that are a layer's hyper-parameters: one, or an array of them.
public struct GivenNumbers: Hashable, Sendable {
    /// The array's extents; `[]` for one number.
    public let shape: Shape
    /// The numbers, the last dimension's running fastest.
    public let elements: [Float]

    /// One number, or one for each element of a dimension.
    public init(_ elements: [Float]) {
        self.init(shape: elements.count == 1 ? [] : [elements.count], elements: elements)
    }

    /// An array.
    /// - Parameter elements: as many as the shape has.
    public init(shape: Shape, elements: [Float]) {
        self.shape = shape
        self.elements = elements
    }

    /// The array made as large as another one of other extents asks for, so that both have one shape.
    /// - Returns: the array itself where they do not match.
    public func broadcast(with other: GivenNumbers) -> GivenNumbers {
        let rank = max(shape.rank, other.shape.rank)
        let extents = [shape, other.shape].map { shape in
            Array(repeating: 1, count: rank - shape.rank) + shape.dimensions
        }
        let common = Shape(zip(extents[0], extents[1]).map(max))
        return broadcast(to: common).map { GivenNumbers(shape: common, elements: $0) } ?? self
    }

    /// The array of a larger shape that NumPy makes of this one: dimensions are matched from the last on, and those
    /// of extent 1 are repeated.
    /// - Returns: nil where the shapes do not match.
    func broadcast(to target: Shape) -> [Float]? {
        if elements.count == 1 { return Array(repeating: elements[0], count: target.elementCount) }
        let missing = target.rank - shape.rank
        guard missing >= 0, elements.count == shape.elementCount else { return nil }
        var strides = Array(repeating: 0, count: target.rank)
        var stride = 1
        for dimension in shape.dimensions.indices.reversed() {
            guard [1, target[missing + dimension]].contains(shape[dimension]) else { return nil }
            if shape[dimension] != 1 { strides[missing + dimension] = stride }
            stride *= shape[dimension]
        }
        return (0..<target.elementCount).map { place in
            var (rest, source) = (place, 0)
            for dimension in strides.indices.reversed() {
                source += rest % target[dimension] * strides[dimension]
                rest /= target[dimension]
            }
            return elements[source]
        }
    }
}
