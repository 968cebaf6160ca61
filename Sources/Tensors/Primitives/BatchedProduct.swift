import COneDNN

/// The products of several pairs of matrices of one shape, by one call of the library: `result[k] = left[k] · right[k]`.
///
/// Each product comes out to the same bits however many others there are. oneDNN's kernels for batches see to that
/// as long as they give each product to one thread; its general ones would split a single product among threads,
/// so that where it has nothing else each product is computed by a call of its own.
package final class BatchedProduct {
    /// The extents.
    package struct Shape: Hashable, Sendable {
        /// How many products there are.
        package var count: Int
        /// The result is `[rows, columns]`.
        package var rows: Int
        package var columns: Int
        /// How many terms each of its elements is the sum of.
        package var terms: Int
        /// Whether the left matrices lie in memory as `[terms, rows]`.
        package var transposesLeft = false
        /// Whether the right matrices lie in memory as `[columns, terms]`.
        package var transposesRight = false

        package init(count: Int, rows: Int, terms: Int, columns: Int) {
            (self.count, self.rows, self.terms, self.columns) = (count, rows, terms, columns)
        }

        fileprivate var left: MemoryDescriptor { matrices(rows, terms, transposesLeft) }
        fileprivate var right: MemoryDescriptor { matrices(terms, columns, transposesRight) }
        fileprivate var result: MemoryDescriptor { matrices(rows, columns, false) }

        private func matrices(_ rows: Int, _ columns: Int, _ isTransposed: Bool) -> MemoryDescriptor {
            MemoryDescriptor(
                [count, rows, columns],
                strides: isTransposed ? [rows * columns, 1, rows] : [rows * columns, columns, 1])
        }
    }

    private let shape: Shape
    private let primitive: Primitive
    /// How many calls it takes.
    private let calls: Int
    private let stream: dnnl_stream_t
    /// Of the left and right matrices and the result, and where the library works.
    private var memories: [dnnl_memory_t?] = [nil, nil, nil, nil]
    private var scratchpad: TensorStorage?

    /// Chooses the kernels.
    /// - Throws: ``TensorError`` where the library cannot do it.
    package init(_ shape: Shape) throws(TensorError) {
        self.shape = shape
        let whole = try Self.primitive(shape)
        let isIndependent = whole.implementation.hasPrefix("brg") || ComputeThreads.current == 1
        var part = shape
        part.count = isIndependent ? shape.count : 1
        calls = shape.count / max(part.count, 1)
        primitive = isIndependent ? whole : try Self.primitive(part)
        var stream: dnnl_stream_t?
        try check(
            dnnl_stream_create(&stream, ComputeEngine.shared, UInt32(dnnl_stream_default_flags.rawValue)),
            "make a stream")
        self.stream = stream!
        let descriptors = [part.left, part.right, part.result] + (primitive.scratchpad.map { [$0] } ?? [])
        for (index, descriptor) in descriptors.enumerated() {
            var raw = descriptor.raw
            try check(
                dnnl_memory_create(&memories[index], &raw, ComputeEngine.shared, nil), "describe memory")
        }
        guard let needed = primitive.scratchpad else { return }
        let storage = TensorStorage(uninitialized: (needed.byteCount + 3) / 4)
        dnnl_memory_set_data_handle(memories[3], storage.buffer.baseAddress)
        scratchpad = storage
    }

    deinit {
        memories.forEach { dnnl_memory_destroy($0) }
        dnnl_stream_destroy(stream)
    }

    private static func primitive(_ shape: Shape) throws(TensorError) -> Primitive {
        let what =
            "\(shape.count) products [\(shape.rows), \(shape.terms)] · [\(shape.terms), \(shape.columns)]"
        var operation = dnnl_matmul_desc_t()
        try check(
            withPointers(shape.left, shape.right, shape.result, shape.result) { left, right, result, _ in
                dnnl_matmul_desc_init(&operation, left, right, nil, result)
            }, "describe \(what)")
        return try Primitive(operation, what)
    }

    /// Computes the products.
    /// - Parameters:
    ///   - left: `[count, rows, terms]`, or as the shape says; so is `right`.
    ///   - result: `[count, rows, columns]`.
    package func callAsFunction(_ left: Tensor, _ right: Tensor, into result: inout Tensor)
        throws(TensorError)
    {
        let sizes = [left.elementCount, right.elementCount, result.elementCount].map { $0 / calls }
        precondition(result.elementCount == shape.count * shape.rows * shape.columns, "room for \(shape)")
        let starts: [UnsafeMutablePointer<Float>?] = [
            left.withUnsafeElements { UnsafeMutablePointer(mutating: $0.baseAddress) },
            right.withUnsafeElements { UnsafeMutablePointer(mutating: $0.baseAddress) },
            result.withUnsafeMutableElements { $0.baseAddress },
        ]
        defer { withExtendedLifetime((left, right)) {} }
        for call in 0..<calls {
            for (index, start) in starts.enumerated() {
                dnnl_memory_set_data_handle(memories[index], start.map { $0 + call * sizes[index] })
            }
            let arguments = [
                dnnl_exec_arg_t(arg: DNNL_ARG_SRC_0, memory: memories[0]),
                dnnl_exec_arg_t(arg: DNNL_ARG_WEIGHTS_0, memory: memories[1]),
                dnnl_exec_arg_t(arg: DNNL_ARG_DST_0, memory: memories[2]),
                dnnl_exec_arg_t(arg: DNNL_ARG_SCRATCHPAD, memory: memories[3]),
            ]
            let status = arguments.withUnsafeBufferPointer {
                dnnl_primitive_execute(
                    primitive.raw, stream, Int32(scratchpad == nil ? 3 : 4), $0.baseAddress)
            }
            try check(status, "multiply matrices")
        }
        try check(dnnl_stream_wait(stream), "finish")
    }
}
