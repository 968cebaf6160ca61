import COneDNN

/// A function of two tensors, of which the second may have extents of 1.
package enum BinaryFunction: Hashable, Sendable {
    case add
    case subtract
    case multiply
    case maximum
    case minimum
    /// 1 where the first is greater, 0 elsewhere; and so on.
    case greater
    case greaterOrEqual
    case lessOrEqual

    private var algorithm: dnnl_alg_kind_t {
        switch self {
        case .add: dnnl_binary_add
        case .subtract: dnnl_binary_sub
        case .multiply: dnnl_binary_mul
        case .maximum: dnnl_binary_max
        case .minimum: dnnl_binary_min
        case .greater: dnnl_binary_gt
        case .greaterOrEqual: dnnl_binary_ge
        case .lessOrEqual: dnnl_binary_le
        }
    }

    /// The function of data that lies as given; the result lies as the first.
    package func forward(
        _ first: MemoryDescriptor, _ second: MemoryDescriptor, postOperations: [PostOperation] = []
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_binary_desc_t()
        try check(
            withPointers(first, second, first, first) { first, second, result, _ in
                dnnl_binary_desc_init(&operation, algorithm, first, second, result)
            }, "describe \(self)")
        return try Primitive(operation, postOperations: postOperations, "\(self) of \(first.dimensions)")
    }
}

/// The sum over the extents that shrink to 1.
package enum ReductionFunction {
    package static func sum(
        _ source: MemoryDescriptor, into destination: MemoryDescriptor
    ) throws(TensorError) -> Primitive {
        var operation = dnnl_reduction_desc_t()
        try check(
            withPointers(source, destination, source, source) { source, destination, _, _ in
                dnnl_reduction_desc_init(&operation, dnnl_reduction_sum, source, destination, 0, 0)
            }, "describe a sum")
        return try Primitive(operation, "a sum of \(source.dimensions) to \(destination.dimensions)")
    }
}
