import COneDNN

/// How a tensor lies in memory, in the compute library's terms: batch and channels first, whatever the
/// order in memory is.
package struct MemoryDescriptor: @unchecked Sendable {
    // Sendable: a C struct of numbers.
    var raw: dnnl_memory_desc_t

    init(raw: dnnl_memory_desc_t) { self.raw = raw }

    /// Dimensions with a stride each, in elements.
    package init(_ dimensions: [Int], strides: [Int]) {
        raw = dnnl_memory_desc_t()
        let status = withDimensions(dimensions) { dimensionsPointer in
            withDimensions(strides) { stridesPointer in
                dnnl_memory_desc_init_by_strides(
                    &raw, Int32(dimensions.count), dimensionsPointer, dnnl_f32, stridesPointer)
            }
        }
        precondition(status == dnnl_success, "memory of \(dimensions) with strides \(strides)")
    }

    /// Dimensions in row-major order.
    package init(rowMajor dimensions: [Int]) {
        var strides = [Int](repeating: 1, count: dimensions.count)
        for index in stride(from: dimensions.count - 2, through: 0, by: -1) {
            strides[index] = strides[index + 1] * dimensions[index + 1]
        }
        self.init(dimensions, strides: strides)
    }

    /// Dimensions whose order in memory a primitive may choose.
    package init(anyLayout dimensions: [Int]) {
        raw = dnnl_memory_desc_t()
        let status = withDimensions(dimensions) {
            dnnl_memory_desc_init_by_tag(
                &raw, Int32(dimensions.count), $0, dnnl_f32, dnnl_format_tag_any)
        }
        precondition(status == dnnl_success, "memory of \(dimensions)")
    }

    /// Pictures `[N, H, W, C]` in row-major order, which the library calls `(N, C, H, W)`.
    package init(channelsLast batch: Int, _ height: Int, _ width: Int, _ channels: Int) {
        self.init(
            [batch, channels, height, width],
            strides: [height * width * channels, 1, width * channels, channels])
    }

    /// The extents.
    package var dimensions: [Int] {
        withUnsafeBytes(of: raw.dims) { bytes in
            bytes.bindMemory(to: dnnl_dim_t.self).prefix(Int(raw.ndims)).map { Int($0) }
        }
    }

    /// How many bytes the tensor takes, padding of blocks included.
    package var byteCount: Int {
        withUnsafePointer(to: raw) { dnnl_memory_desc_get_size($0) }
    }

    /// The same layout for another number of pictures, which lie one behind the other.
    package func batched(_ count: Int) -> MemoryDescriptor {
        var result = self
        result.raw.dims.0 = dnnl_dim_t(count)
        result.raw.padded_dims.0 = dnnl_dim_t(count)
        return result
    }

    /// The part of this memory at some offsets.
    package func part(_ dimensions: [Int], at offsets: [Int]) throws(TensorError) -> MemoryDescriptor {
        var result = dnnl_memory_desc_t()
        let status = withUnsafePointer(to: raw) { parent in
            withDimensions(dimensions) { dimensionsPointer in
                withDimensions(offsets) { offsetsPointer in
                    dnnl_memory_desc_init_submemory(&result, parent, dimensionsPointer, offsetsPointer)
                }
            }
        }
        try check(status, "see the part \(dimensions) at \(offsets) of memory \(self.dimensions)")
        return MemoryDescriptor(raw: result)
    }
}

extension MemoryDescriptor {
    /// Memory for other extents with the dimensions in the same order and the same blocks, without gaps.
    package func resized(_ dimensions: [Int]) -> MemoryDescriptor {
        let blocks = blocks
        let strides = numbers(raw.format_desc.blocking.strides)
        // Of dimensions that lie equally far apart, one has an extent of 1.
        let order = dimensions.indices.sorted {
            strides[$0] == strides[$1] ? $0 < $1 : strides[$0] > strides[$1]
        }
        let counts = zip(dimensions, blocks).map { ($0 + $1 - 1) / $1 }
        var result = self
        var stride = blocks.reduce(1, *)
        for index in order.reversed() {
            set(&result.raw.dims, index, dimensions[index])
            set(&result.raw.padded_dims, index, counts[index] * blocks[index])
            set(&result.raw.format_desc.blocking.strides, index, stride)
            stride *= counts[index]
        }
        result.raw.offset0 = 0
        return result
    }

    /// How many elements of each dimension lie in a block.
    private var blocks: [Int] {
        let blocking = raw.format_desc.blocking
        var result = dimensions.map { _ in 1 }
        for level in 0..<Int(blocking.inner_nblks) {
            result[numbers(blocking.inner_idxs)[level]] *= numbers(blocking.inner_blks)[level]
        }
        return result
    }

    private typealias Numbers = (
        dnnl_dim_t, dnnl_dim_t, dnnl_dim_t, dnnl_dim_t, dnnl_dim_t, dnnl_dim_t, dnnl_dim_t, dnnl_dim_t,
        dnnl_dim_t, dnnl_dim_t, dnnl_dim_t, dnnl_dim_t
    )

    private func numbers(_ values: Numbers) -> [Int] {
        withUnsafeBytes(of: values) { $0.bindMemory(to: dnnl_dim_t.self).map { Int($0) } }
    }

    private func set(_ values: inout Numbers, _ index: Int, _ value: Int) {
        withUnsafeMutableBytes(of: &values) {
            $0.bindMemory(to: dnnl_dim_t.self)[index] = dnnl_dim_t(value)
        }
    }
}

extension MemoryDescriptor: Equatable {
    package static func == (left: MemoryDescriptor, right: MemoryDescriptor) -> Bool {
        withUnsafePointer(to: left.raw) { leftPointer in
            withUnsafePointer(to: right.raw) { dnnl_memory_desc_equal(leftPointer, $0) != 0 }
        }
    }
}

/// Lends extents in the library's fixed-size form.
func withDimensions<Result>(
    _ values: [Int], _ body: (UnsafePointer<dnnl_dim_t>) -> Result
) -> Result {
    withUnsafeTemporaryAllocation(of: dnnl_dim_t.self, capacity: Int(DNNL_MAX_NDIMS)) { buffer in
        buffer.initialize(repeating: 0)
        for (index, value) in values.enumerated() { buffer[index] = dnnl_dim_t(value) }
        return body(UnsafePointer(buffer.baseAddress!))
    }
}
