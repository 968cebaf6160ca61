/// Elementwise updates of large arrays, spread over the cores.
///
/// An optimizer's step is bound by memory, so that a plain loop a chunk is as fast as the machine allows.
extension Tensor {
    /// Changes every element by means of a gradient.
    @inlinable
    package mutating func update(
        gradient: Span<Float>, _ body: @Sendable (inout Float, Float) -> Void
    ) {
        withUnsafeMutableElements { values in
            gradient.withUnsafeBufferPointer { gradient in
                nonisolated(unsafe) let (values, gradient) = (values, gradient)
                forEachChunk(of: values.count) { range in
                    for index in range { body(&values[index], gradient[index]) }
                }
            }
        }
    }

    /// Changes every element, and the one of `first` that belongs to it, by means of a gradient.
    @inlinable
    package mutating func update(
        _ first: inout Tensor, gradient: Span<Float>,
        _ body: @Sendable (inout Float, inout Float, Float) -> Void
    ) {
        withUnsafeMutableElements { values in
            first.withUnsafeMutableElements { first in
                gradient.withUnsafeBufferPointer { gradient in
                    nonisolated(unsafe) let (values, first, gradient) = (values, first, gradient)
                    forEachChunk(of: values.count) { range in
                        for index in range { body(&values[index], &first[index], gradient[index]) }
                    }
                }
            }
        }
    }

    /// Changes every element, and those of `first` and `second` that belong to it, by means of a gradient.
    @inlinable
    package mutating func update(
        _ first: inout Tensor, _ second: inout Tensor, gradient: Span<Float>,
        _ body: @Sendable (inout Float, inout Float, inout Float, Float) -> Void
    ) {
        withUnsafeMutableElements { values in
            first.withUnsafeMutableElements { first in
                second.withUnsafeMutableElements { second in
                    gradient.withUnsafeBufferPointer { gradient in
                        nonisolated(unsafe) let (values, first, second, gradient) =
                            (values, first, second, gradient)
                        forEachChunk(of: values.count) { range in
                            for index in range {
                                body(&values[index], &first[index], &second[index], gradient[index])
                            }
                        }
                    }
                }
            }
        }
    }
}
