import Foundation

/// A block of memory that programs lay their intermediate values in.
///
/// Programs that never run at the same time share one: its contents last for one run only.
public final class Workspace: @unchecked Sendable {
    // Sendable: `reserve` is locked; what a block holds belongs to the one program that runs.
    final class Block {
        let base: UnsafeMutableRawPointer
        let byteCount: Int

        init(byteCount: Int) throws(TensorError) {
            // Whole huge pages: a large arena is swept through again and again, and page walks cost.
            let hugePage = 2 << 20
            let alignment = byteCount >= hugePage ? hugePage : 64
            var pointer: UnsafeMutableRawPointer?
            guard posix_memalign(&pointer, alignment, max(byteCount, 64)) == 0, let pointer else {
                throw .outOfMemory(bytes: byteCount)
            }
            if alignment == hugePage { madvise(pointer, byteCount, MADV_HUGEPAGE) }
            base = pointer
            self.byteCount = byteCount
        }

        deinit { free(base) }
    }

    private let lock = NSLock()
    private var block: Block?

    /// An empty workspace, which grows to what the programs need.
    public init() {}

    /// A block of at least that size: the present one where it is large enough. An older block lives on
    /// for as long as a program refers to it.
    func reserve(_ byteCount: Int) throws(TensorError) -> Block {
        lock.lock()
        defer { lock.unlock() }
        if let block, block.byteCount >= byteCount { return block }
        let larger = try Block(byteCount: byteCount)
        block = larger
        return larger
    }
}
