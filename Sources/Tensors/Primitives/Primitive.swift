import COneDNN

/// A computation that the library has chosen and generated code for, for one set of shapes.
package final class Primitive: @unchecked Sendable {
    // Sendable: immutable after `init`; the library's primitives may be executed from any thread.
    let raw: dnnl_primitive_t
    private let descriptor: dnnl_primitive_desc_t

    /// Takes over a primitive descriptor.
    init(owning descriptor: dnnl_primitive_desc_t, _ what: @autoclosure () -> String) throws(TensorError) {
        var primitive: dnnl_primitive_t?
        let status = dnnl_primitive_create(&primitive, descriptor)
        guard status == dnnl_success, let primitive else {
            dnnl_primitive_desc_destroy(descriptor)
            try check(status, "make \(what())")
            throw .library(call: "make \(what())", reason: "no result")
        }
        raw = primitive
        self.descriptor = descriptor
    }

    /// Chooses an implementation for an operation descriptor of the C interface.
    /// - Parameter hint: the forward primitive, for a backward one.
    convenience init<Descriptor>(
        _ operation: Descriptor, postOperations: [PostOperation] = [], hint: Primitive? = nil,
        _ what: @autoclosure () -> String
    ) throws(TensorError) {
        let attributes = try PrimitiveAttributes(postOperations)
        var descriptor: dnnl_primitive_desc_t?
        let status = withUnsafePointer(to: operation) {
            dnnl_primitive_desc_create(
                &descriptor, $0, attributes.raw, ComputeEngine.shared, hint?.descriptor)
        }
        try check(status, "prepare \(what())")
        try self.init(owning: descriptor!, what())
    }

    deinit {
        dnnl_primitive_destroy(raw)
        dnnl_primitive_desc_destroy(descriptor)
    }

    package var source: MemoryDescriptor { query(dnnl_query_src_md) }
    package var weights: MemoryDescriptor { query(dnnl_query_weights_md) }
    package var destination: MemoryDescriptor { query(dnnl_query_dst_md) }
    package var sourceGradient: MemoryDescriptor { query(dnnl_query_diff_src_md) }
    package var weightsGradient: MemoryDescriptor { query(dnnl_query_diff_weights_md) }
    package var destinationGradient: MemoryDescriptor { query(dnnl_query_diff_dst_md) }

    /// What a forward primitive hands to its backward one, if anything.
    package var workspace: MemoryDescriptor? { queryIfPresent(dnnl_query_workspace_md) }

    /// Memory that the primitive needs while it runs, if any.
    package var scratchpad: MemoryDescriptor? { queryIfPresent(dnnl_query_scratchpad_md) }

    /// The library's name of the implementation that it chose: `jit:avx512_core`.
    package var implementation: String {
        var name: UnsafePointer<CChar>?
        dnnl_primitive_desc_query(descriptor, dnnl_query_impl_info_str, 0, &name)
        return name.map { String(cString: $0) } ?? "unknown"
    }

    /// Whether the library only has its reference implementation, which is right and slow.
    package var isReference: Bool { implementation.hasPrefix("ref") }

    private func query(_ what: dnnl_query_t) -> MemoryDescriptor {
        MemoryDescriptor(raw: dnnl_primitive_desc_query_md(descriptor, what, 0).pointee)
    }

    private func queryIfPresent(_ what: dnnl_query_t) -> MemoryDescriptor? {
        guard let raw = dnnl_primitive_desc_query_md(descriptor, what, 0) else { return nil }
        let result = MemoryDescriptor(raw: raw.pointee)
        return result.byteCount > 0 ? result : nil
    }
}
