import COneDNN

/// Copies from one layout to another.
package enum Reorder {
    package static func primitive(
        from source: MemoryDescriptor, to destination: MemoryDescriptor
    ) throws(TensorError) -> Primitive {
        let attributes = try PrimitiveAttributes([])
        var descriptor: dnnl_primitive_desc_t?
        try check(
            withPointers(source, destination, source, source) { source, destination, _, _ in
                dnnl_reorder_primitive_desc_create(
                    &descriptor, source, ComputeEngine.shared, destination, ComputeEngine.shared,
                    attributes.raw)
            }, "prepare a copy of \(source.dimensions)")
        return try Primitive(owning: descriptor!, "a copy of \(source.dimensions)")
    }
}

/// Lays tensors side by side along the channels.
package enum Concatenation {
    package static func primitive(
        _ sources: [MemoryDescriptor], axis: Int
    ) throws(TensorError) -> Primitive {
        let attributes = try PrimitiveAttributes([])
        var descriptor: dnnl_primitive_desc_t?
        try check(
            sources.map(\.raw).withUnsafeBufferPointer {
                dnnl_concat_primitive_desc_create(
                    &descriptor, nil, Int32($0.count), Int32(axis), $0.baseAddress, attributes.raw,
                    ComputeEngine.shared)
            }, "prepare a concatenation of \(sources.map(\.dimensions))")
        return try Primitive(owning: descriptor!, "a concatenation of \(sources.map(\.dimensions))")
    }
}
