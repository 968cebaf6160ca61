import Dispatch
import Synchronization

extension Dataset {
    /// Decodes every picture once, on all cores, to find those that are broken.
    /// - Returns: the dataset without them, if the policy is to skip them; they are in ``skipped`` then.
    /// - Throws: what is wrong with the first broken picture, if the policy is to fail;
    ///   ``DatasetError/emptyClass(_:source:)`` where nothing would be left of a class.
    public func verified(_ policy: BrokenImagePolicy = .fail) throws(DatasetError) -> Dataset {
        let broken = brokenSamples()
        guard let first = broken.first else { return self }
        if policy == .fail { throw first.error }
        var result = self
        let indices = Set(broken.map(\.index))
        result.samples = samples.indices.filter { !indices.contains($0) }.map { samples[$0] }
        result.skipped += broken.map {
            SkippedSample(identifier: samples[$0.index].identifier, reason: "\($0.error)")
        }
        for (label, counts) in zip(counts, result.counts).enumerated() where counts.0 > 0 && counts.1 == 0 {
            throw .emptyClass(classNames[label], source: name)
        }
        return result
    }

    private func brokenSamples() -> [(index: Int, error: DatasetError)] {
        let files = samples.indices.filter { samples[$0].source.isFile }
        // Chunks, because a lock or a task for each of a hundred thousand small files would cost more.
        let chunk = 32
        let found = Mutex<[(index: Int, error: DatasetError)]>([])
        DispatchQueue.concurrentPerform(iterations: (files.count + chunk - 1) / chunk) { part in
            for index in files[(part * chunk)..<min(files.count, (part + 1) * chunk)] {
                do throws(DatasetError) {
                    _ = try samples[index].image()
                } catch {
                    found.withLock { $0.append((index, error)) }
                }
            }
        }
        return found.withLock { $0 }.sorted { $0.index < $1.index }
    }
}
