import Tensors

extension BatchLoader {
    /// How many bytes the loader takes for some samples at most: batches that are prepared or in use, and
    /// pictures that are kept for later epochs.
    public func memory(pictures indices: [Int]) -> Int {
        let elements = input.elementCount
        return (prefetch + 1) * batchSize * elements * MemoryLayout<Float>.size
            + min(cache.byteLimit, indices.count * elements)
    }
}
