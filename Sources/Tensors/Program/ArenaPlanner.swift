/// Gives buffers of known sizes and lifetimes places in one block of memory, so that two share a place
/// only if they are never needed at the same time.
///
/// Largest first, each at the lowest offset that is free for its whole life: Pisarchyk and Lee,
/// "Efficient memory management for deep neural net inference", 2020 ("greedy by size").
struct ArenaPlanner {
    /// A buffer that wants a place.
    struct Request: Sendable {
        var bytes: Int
        /// The first and last step that touch it.
        var lifetime: ClosedRange<Int>
    }

    /// Where each request was placed, in bytes from the start.
    private(set) var offsets: [Int]
    /// How large the block must be.
    private(set) var byteCount = 0

    init(_ requests: [Request]) {
        offsets = Array(repeating: 0, count: requests.count)
        let order = requests.indices.sorted { requests[$0].bytes > requests[$1].bytes }
        // Placed so far, in the order of their offsets.
        var placed: [Int] = []
        for index in order {
            let request = requests[index]
            let size = Self.aligned(request.bytes)
            var offset = 0
            for other in placed where requests[other].lifetime.overlaps(request.lifetime) {
                if offsets[other] >= offset + size { break }
                offset = max(offset, offsets[other] + Self.aligned(requests[other].bytes))
            }
            offsets[index] = offset
            byteCount = max(byteCount, offset + size)
            let position = placed.firstIndex { offsets[$0] > offset } ?? placed.endIndex
            placed.insert(index, at: position)
        }
    }

    private static func aligned(_ bytes: Int) -> Int { (bytes + 63) & ~63 }
}
