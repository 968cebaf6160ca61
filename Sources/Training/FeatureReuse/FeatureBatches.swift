import Datasets
import Tensors

/// The batches of an epoch, in order.
public protocol BatchSource {
    /// The next batch; nil after the last.
    func next() throws -> Batch?
}

extension BatchIterator: BatchSource {}

/// The batches of an epoch as the second part of a network takes them, each computed when it is asked for.
final class ComputedFeatureBatches: BatchSource {
    private let loader: BatchLoader
    private let order: [Int]
    private let extractor: FeatureExtractor
    private let tally: FeatureTally
    /// The pictures in groups of the extractor's size, whatever the loader's is.
    private let groups: BatchIterator
    private var number: Int
    private var group: Tensor?
    /// How many pictures of the group were handed out.
    private var used: Int

    init(
        _ loader: BatchLoader, epoch: Int, from first: Int, _ extractor: FeatureExtractor,
        _ tally: FeatureTally
    ) {
        (self.loader, self.extractor, self.tally) = (loader, extractor, tally)
        order = loader.order(epoch: epoch)
        number = first
        let size = FeatureExtractor.batchSize
        let skipped = min(first * loader.batchSize, order.count)
        used = skipped % size
        groups = loader.inBatches(of: size).batches(epoch: epoch, from: skipped / size)
    }

    func next() throws -> Batch? {
        guard number < loader.batchCount else { return nil }
        let indices = loader.sampleIndices(ofBatch: number, order: order)
        let width = extractor.shape.elementCount
        var features = Tensor(zeros: extractor.shape.batched(indices.count))
        var row = 0
        while row < indices.count {
            guard let group = try currentGroup() else { return nil }
            let count = min(group.shape[0] - used, indices.count - row)
            features.copyElements(row * width..<(row + count) * width, from: group, at: used * width)
            (row, used) = (row + count, used + count)
        }
        number += 1
        return loader.batch(inputs: features, indices)
    }

    private func currentGroup() throws -> Tensor? {
        if let group, used < group.shape[0] { return group }
        if group != nil { used = 0 }
        group = try groups.next().map { try extractor($0.inputs, tally) }
        return group
    }
}

/// The batches of an epoch as the second part of a network takes them, from the cache.
final class CachedFeatureBatches: BatchSource {
    private let loader: BatchLoader
    private let order: [Int]
    private let table: FeatureTable
    private let inputs: [Int: ContentHash]
    private let tally: FeatureTally
    private var number: Int

    /// - Parameter inputs: what the network is given for each sample; all are in the table.
    init(
        _ loader: BatchLoader, epoch: Int, from first: Int, _ table: FeatureTable,
        _ inputs: [Int: ContentHash], _ tally: FeatureTally
    ) {
        (self.loader, self.table, self.inputs, self.tally) = (loader, table, inputs, tally)
        order = loader.order(epoch: epoch)
        number = first
    }

    func next() -> Batch? {
        guard number < loader.batchCount else { return nil }
        let indices = loader.sampleIndices(ofBatch: number, order: order)
        number += 1
        return loader.batch(inputs: table.features(of: indices.map { inputs[$0]! }, tally), indices)
    }
}
