/// The extents of a tensor, outermost dimension first: `[N, H, W, C]` for a batch of pictures.
public struct Shape: Hashable, Sendable {
    /// The extent of each dimension.
    public var dimensions: [Int]

    /// A shape of the given extents, which must not be negative.
    public init(_ dimensions: [Int]) {
        precondition(dimensions.allSatisfy { $0 >= 0 }, "negative extent in \(dimensions)")
        self.dimensions = dimensions
    }

    /// How many dimensions there are; 0 for a scalar.
    public var rank: Int { dimensions.count }

    /// How many elements a tensor of this shape has: the product of its extents.
    public var elementCount: Int { dimensions.reduce(1, *) }

    /// The extent of one dimension; negative indices count from the last, as in NumPy.
    public subscript(index: Int) -> Int {
        get { dimensions[index < 0 ? index + rank : index] }
        set { dimensions[index < 0 ? index + rank : index] = newValue }
    }

    /// This shape with a batch dimension of `size` put before it.
    public func batched(_ size: Int) -> Shape { Shape([size] + dimensions) }

    /// This shape without its first dimension.
    public var unbatched: Shape { Shape(Array(dimensions.dropFirst())) }
}

extension Shape: ExpressibleByArrayLiteral {
    /// A shape written as a list of extents.
    public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Shape: CustomStringConvertible {
    /// The extents as a reader writes them: `[3, 3, 64, 128]`.
    public var description: String { "[" + dimensions.map(String.init).joined(separator: ", ") + "]" }
}
