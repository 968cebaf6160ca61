import Synchronization

/// Float32 memory, shared between the copies of a `Tensor` until one of them is written to.
final class TensorStorage: @unchecked Sendable {
    // Sendable because writers hold the only reference: `Tensor` copies before it writes to shared storage.

    /// AVX-512 loads want 64 bytes; so does a cache line.
    static let alignment = 64

    private static let stamps = Atomic<UInt64>(0)

    let buffer: UnsafeMutableBufferPointer<Float>
    /// What the memory belongs to; nil if it is the storage's own. What belongs to another is never written to.
    private let owner: (any AnyObject & Sendable)?

    /// Whether the memory may be written to.
    var isOwn: Bool { owner == nil }

    /// Changes whenever the contents may have changed, and is never used twice: what was derived from one
    /// stamp (a reordered weight, say) is valid exactly as long as the stamp is the same.
    private(set) var stamp: UInt64

    init(uninitialized count: Int) {
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: Self.alignment)
        buffer = UnsafeMutableBufferPointer(
            start: raw.bindMemory(to: Float.self, capacity: count), count: count)
        owner = nil
        stamp = Self.nextStamp()
    }

    /// Memory of another, which lives as long as this storage does.
    init(borrowing memory: UnsafePointer<Float>, count: Int, from owner: any AnyObject & Sendable) {
        buffer = UnsafeMutableBufferPointer(start: UnsafeMutablePointer(mutating: memory), count: count)
        self.owner = owner
        stamp = Self.nextStamp()
    }

    deinit { if isOwn { UnsafeMutableRawPointer(buffer.baseAddress!).deallocate() } }

    func touch() { stamp = Self.nextStamp() }

    private static func nextStamp() -> UInt64 { stamps.add(1, ordering: .relaxed).newValue }
}
