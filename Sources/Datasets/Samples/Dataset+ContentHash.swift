import Dispatch
import Synchronization
import Tensors

extension Dataset {
    /// What identifies the contents of the given samples: of a file, its bytes. Files are read on all cores.
    /// - Throws: ``DatasetError/unreadable(path:reason:)`` for the first file that cannot be read.
    public func contentHashes(of indices: [Int]) throws(DatasetError) -> [ContentHash] {
        let chunk = 64
        let results = Mutex([Result<ContentHash, DatasetError>?](repeating: nil, count: indices.count))
        DispatchQueue.concurrentPerform(iterations: (indices.count + chunk - 1) / chunk) { part in
            let range = part * chunk..<min((part + 1) * chunk, indices.count)
            let hashes = range.map { position in
                Result { () throws(DatasetError) in try samples[indices[position]].contentHash() }
            }
            results.withLock { $0.replaceSubrange(range, with: hashes) }
        }
        var hashes: [ContentHash] = []
        for result in results.withLock({ $0 }) { if let result { hashes.append(try result.get()) } }
        return hashes
    }

    /// Identifies all pictures with their classes, names and splits, in their order: equal for equal data,
    /// wherever it lies.
    /// - Throws: ``DatasetError/unreadable(path:reason:)`` for the first file that cannot be read.
    public func contentHash() throws(DatasetError) -> ContentHash {
        var hasher = ContentHasher()
        for name in classNames { hasher.add(name) }
        let hashes = try contentHashes(of: Array(samples.indices))
        for (sample, hash) in zip(samples, hashes) {
            hasher.add(sample.identifier)
            hasher.add("\(sample.label) \(sample.split?.rawValue ?? "") \(sample.shares ?? [])")
            hasher.add(hash)
        }
        return hasher.finish()
    }
}
