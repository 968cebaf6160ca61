import Foundation
import Tensors
import Wording

extension BatchLoader {
    /// Which variant of its pictures an epoch shows: always the same without augmentation.
    public func view(inEpoch epoch: Int) -> Int {
        guard augmentation != nil else { return 0 }
        return views.map { epoch % $0 } ?? epoch
    }

    /// How many variants of a picture there are in all epochs; nil where each has a new one.
    public var viewCount: Int? { augmentation == nil ? 1 : views }

    /// Identifies what the network is given for each of the loader's samples in an epoch, by the contents of the
    /// sample and by all that is done to it.
    /// - Parameter contents: what identifies the samples' contents, at least of the loader's.
    public func inputHashes(contents: [Int: ContentHash], epoch: Int) -> [Int: ContentHash] {
        // Described once: there may be a hundred thousand samples, and each epoch asks.
        let format = "\(input) \(scaling)"
        let variation = augmentation.map { (String(reflecting: $0), "\(seed) \(view(inEpoch: epoch))") }
        var hashes: [Int: ContentHash] = [:]
        hashes.reserveCapacity(indices.count)
        for index in indices {
            guard let content = contents[index] else { continue }
            var hasher = ContentHasher()
            hasher.add(content)
            hasher.add(format)
            if let variation {
                // The draw depends on the sample's place in the dataset, too.
                hasher.add(variation.0)
                hasher.add("\(variation.1) \(index)")
            }
            hashes[index] = hasher.finish()
        }
        return hashes
    }

    /// What identifies the contents of the given samples: of a file, its bytes. Each is read once.
    /// - Throws: ``DatasetError/unreadable(path:reason:)`` for the first file that cannot be read.
    public func contentHashes(of indices: [Int]) throws(DatasetError) -> [ContentHash] {
        let unknown = indices.filter { cache.content(of: $0) == nil }
        for (index, hash) in zip(unknown, try dataset.contentHashes(of: unknown)) {
            cache.insert(hash, of: index)
        }
        return indices.compactMap { cache.content(of: $0) }
    }
}

extension Sample {
    /// Identifies the picture's contents, without decoding it.
    /// - Throws: ``DatasetError/unreadable(path:reason:)``.
    public func contentHash() throws(DatasetError) -> ContentHash {
        switch source {
        case .file(let path):
            do {
                return ContentHash(of: try Data(contentsOf: URL(filePath: path)))
            } catch {
                throw .unreadable(path: path, reason: reason(of: error))
            }
        case .memory(let store, let position):
            let image = store[position]
            var hasher = ContentHasher()
            hasher.add("\(image.height) \(image.width) \(image.channels)")
            hasher.add(image.pixels)
            return hasher.finish()
        }
    }
}
