import Foundation

/// Tensors as bytes in files: Float32 in the machine's own order, row-major.
extension Tensor {
    /// The elements' bytes, copied.
    package var bytes: Data { withUnsafeElements { Data(buffer: $0) } }

    /// Replaces some elements by those that lie in `data` (a mapped file, say).
    /// - Parameters:
    ///   - range: which elements.
    ///   - data: bytes that begin at index 0.
    ///   - offset: where the elements' bytes begin.
    package mutating func copyElements(_ range: Range<Int>, from data: Data, at offset: Int) {
        let size = MemoryLayout<Float>.stride
        precondition(data.count >= offset + range.count * size, "\(data.count) bytes are too few")
        withUnsafeMutableElements { elements in
            data.withUnsafeBytes { bytes in
                let source = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + range.count * size])
                UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: elements[range]))
                    .copyMemory(from: source)
            }
        }
    }

    /// Replaces some elements by those of another tensor.
    package mutating func copyElements(_ range: Range<Int>, from other: Tensor, at offset: Int) {
        withUnsafeMutableElements { elements in
            other.withUnsafeElements { source in
                let part = UnsafeBufferPointer(rebasing: source[offset..<offset + range.count])
                _ = UnsafeMutableBufferPointer(rebasing: elements[range]).update(from: part)
            }
        }
    }
}
