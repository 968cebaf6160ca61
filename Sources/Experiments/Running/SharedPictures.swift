import Datasets
import Tensors

/// The pictures of several experiments: searched for duplicates and hashed once, and decoded once for each size that
/// networks take.
final class SharedPictures {
    /// The pictures, narrowed and split.
    let dataset: Dataset
    /// The pairs in different splits that are the same or nearly so.
    private(set) lazy var duplicates = dataset.duplicatesAcrossSplits(remembering: memory)
    private var hash: ContentHash?
    private var loaders: [Shape: BatchLoader] = [:]

    private let memory: FingerprintMemory

    init(_ dataset: Dataset, remembering memory: FingerprintMemory) {
        (self.dataset, self.memory) = (dataset, memory)
    }

    /// What identifies the pictures, worked out once; see `Dataset.contentHash()`.
    /// - Throws: ``DatasetError/unreadable(path:reason:)``
    func contentHash() throws(DatasetError) -> ContentHash {
        if let hash { return hash }
        let found = try dataset.contentHash()
        hash = found
        return found
    }

    /// The loader with the pictures that earlier ones have decoded.
    func sharing(_ loader: BatchLoader) -> BatchLoader {
        guard let first = loaders[loader.input] else {
            loaders[loader.input] = loader
            return loader
        }
        return loader.sharingPictures(of: first)
    }
}
