/// A dense, row-major array of Float32 values, aligned to 64 bytes where the memory is its own.
///
/// A tensor is a value: a copy shares its memory until either is written to. The memory may be a file's, too,
/// which is never written to. Pictures are `[N, H, W, C]`,
/// convolution kernels `[H, W, in, out]`, dense kernels `[in, out]`: Keras's layouts, whatever the
/// compute library prefers inside.
public struct Tensor: Sendable {
    /// The extents.
    public let shape: Shape
    private var storage: TensorStorage

    /// A tensor whose elements are all zero.
    public init(zeros shape: Shape) {
        self.init(repeating: 0, shape: shape)
    }

    /// A tensor whose elements are all `value`.
    public init(repeating value: Float, shape: Shape) {
        self.init(uninitialized: shape)
        storage.buffer.initialize(repeating: value)
    }

    /// A tensor of the given elements, in row-major order; there must be `shape.elementCount` of them.
    public init(_ elements: some Collection<Float>, shape: Shape) {
        precondition(elements.count == shape.elementCount, "\(elements.count) elements for \(shape)")
        self.init(uninitialized: shape)
        _ = storage.buffer.initialize(from: elements)
    }

    /// A tensor whose memory `initialize` fills; it must write every element.
    public init(shape: Shape, initializingWith initialize: (inout MutableSpan<Float>) throws -> Void) rethrows
    {
        self.init(zeros: shape)
        try withMutableElements(initialize)
    }

    /// A tensor that uses memory of another, which `owner` keeps alive and nobody changes.
    package init(shape: Shape, memory: UnsafePointer<Float>, ownedBy owner: any AnyObject & Sendable) {
        self.shape = shape
        storage = TensorStorage(borrowing: memory, count: shape.elementCount, from: owner)
    }

    /// A tensor whose elements are whatever they are, until each is written.
    package init(uninitialized shape: Shape) {
        self.shape = shape
        storage = TensorStorage(uninitialized: shape.elementCount)
    }

    private init(shape: Shape, storage: TensorStorage) {
        self.shape = shape
        self.storage = storage
    }

    /// How many elements there are.
    public var elementCount: Int { storage.buffer.count }

    /// The elements in row-major order, copied.
    public var elements: [Float] { Array(storage.buffer) }

    /// The element at a position of the row-major order.
    public subscript(index: Int) -> Float {
        get { storage.buffer[index] }
        set {
            makeUnique()
            storage.buffer[index] = newValue
        }
    }

    /// The same elements in another shape of as many; no copy is made.
    public func reshaped(to shape: Shape) -> Tensor {
        precondition(shape.elementCount == elementCount, "\(self.shape) cannot be seen as \(shape)")
        return Tensor(shape: shape, storage: storage)
    }

    /// Identifies the contents: equal stamps mean equal contents, and every write draws a new one.
    package var stamp: UInt64 { storage.stamp }

    /// Calls `body` with the elements in row-major order, without a copy.
    public func withElements<Result>(_ body: (Span<Float>) throws -> Result) rethrows -> Result {
        let buffer = storage.buffer
        defer { withExtendedLifetime(storage) {} }
        return try body(buffer.span)
    }

    /// Calls `body` with the elements in row-major order, to be changed in place.
    public mutating func withMutableElements<Result>(
        _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result {
        makeUnique()
        // A copy of the pointer, because the optimizer of Swift 6.3 cannot follow a span into the storage.
        let buffer = storage.buffer
        var span = buffer.mutableSpan
        return try body(&span)
    }

    /// The door for the modules that hand the memory to a C library.
    package func withUnsafeElements<Result>(
        _ body: (UnsafeBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        try body(UnsafeBufferPointer(storage.buffer))
    }

    /// The door for the modules that let a C library write to the memory.
    @usableFromInline
    package mutating func withUnsafeMutableElements<Result>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        makeUnique()
        return try body(storage.buffer)
    }

    private mutating func makeUnique() {
        if isKnownUniquelyReferenced(&storage), storage.isOwn {
            storage.touch()
        } else {
            let copy = TensorStorage(uninitialized: elementCount)
            _ = copy.buffer.initialize(from: storage.buffer)
            storage = copy
        }
    }
}

extension Tensor: Equatable {
    /// Whether shapes and all elements are equal (so a NaN makes a tensor differ from itself).
    public static func == (left: Tensor, right: Tensor) -> Bool {
        left.shape == right.shape && left.storage.buffer.elementsEqual(right.storage.buffer)
    }
}

extension Tensor: CustomStringConvertible {
    /// The shape and the first elements.
    public var description: String {
        let first = storage.buffer.prefix(8).map { "\($0)" }.joined(separator: ", ")
        return "Tensor\(shape) [\(first)\(elementCount > 8 ? ", …" : "")]"
    }
}
