import Synchronization

/// Aligned Float32 memory, shared between the copies of a `Tensor` until one of them is written to.
final class TensorStorage: @unchecked Sendable {
    // Sendable because writers hold the only reference: `Tensor` copies before it writes to shared storage.

    /// AVX-512 loads want 64 bytes; so does a cache line.
    static let alignment = 64

    private static let stamps = Atomic<UInt64>(0)

    let buffer: UnsafeMutableBufferPointer<Float>

    /// Changes whenever the contents may have changed, and is never used twice: what was derived from one
    /// stamp (a reordered weight, say) is valid exactly as long as the stamp is the same.
    private(set) var stamp: UInt64

    init(uninitialized count: Int) {
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: Self.alignment)
        buffer = UnsafeMutableBufferPointer(
            start: raw.bindMemory(to: Float.self, capacity: count), count: count)
        stamp = Self.nextStamp()
    }

    deinit { UnsafeMutableRawPointer(buffer.baseAddress!).deallocate() }

    func touch() { stamp = Self.nextStamp() }

    private static func nextStamp() -> UInt64 { stamps.add(1, ordering: .relaxed).newValue }
}
