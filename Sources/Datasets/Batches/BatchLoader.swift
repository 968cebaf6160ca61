import Foundation
import Tensors

/// Makes batches of a dataset's samples, ahead of their use, in threads of its own.
///
/// ```swift
/// let loader = try BatchLoader(
///     dataset, indices: dataset.indices(in: .train), batchSize: 32, input: [224, 224, 3],
///     scaling: .caffe, augmentation: Augmentation(horizontalFlip: true), shuffles: true, seed: 7)
/// let batches = loader.batches(epoch: 0)
/// while let batch = try batches.next() { … }
/// ```
/// Batches depend on the seed and the epoch, not on the number of threads. Pictures that were brought to the
/// network's size are kept for later epochs, within the limits of the cache, which copies of a loader share.
public struct BatchLoader: Sendable {
    /// Where the samples come from.
    public let dataset: Dataset
    /// The positions of the samples in the dataset.
    public private(set) var indices: [Int]
    /// How many samples a batch has; the last one may have fewer.
    public private(set) var batchSize: Int
    /// The network's input, `[H, W, C]`.
    public let input: Shape
    /// How many variants of a picture augmentation draws, which then come again in turn; nil for a new one in
    /// every epoch.
    public var views: Int?
    let scaling: PixelScaling
    let augmentation: Augmentation?
    private let variation: BatchVariation?
    let seed: UInt64
    private var shuffles: Bool
    private let threads: Int
    let prefetch: Int
    private(set) var cache: ImageCache

    /// A loader.
    /// - Parameters:
    ///   - indices: which samples of the dataset an epoch has: `dataset.indices(in: .train)`.
    ///   - batchSize: how many samples a batch has.
    ///   - input: the network's input, `[H, W, C]` with 1 or 3 channels; pictures are converted and resized.
    ///   - scaling: what becomes of 8-bit values.
    ///   - augmentation: how pictures are varied at random; for training only.
    ///   - variation: how whole batches are varied at random; likewise.
    ///   - shuffles: whether each epoch has an order of its own; else it is that of `indices`.
    ///   - seed: of the order and the augmentation.
    ///   - threads: how many threads prepare batches; half of the cores, up to 8, if nil.
    ///   - prefetch: how many batches are prepared ahead.
    ///   - cache: what is kept for later epochs.
    /// - Throws: ``DatasetError/request(_:expected:found:)``
    public init(
        _ dataset: Dataset, indices: [Int], batchSize: Int, input: Shape, scaling: PixelScaling,
        augmentation: Augmentation? = nil, variation: BatchVariation? = nil, shuffles: Bool = false,
        seed: UInt64 = 0, threads: Int? = nil,
        prefetch: Int = 2, cache: CachePolicy = .automatic
    ) throws(DatasetError) {
        let threads = threads ?? max(1, min(8, ProcessInfo.processInfo.activeProcessorCount / 2))
        for (what, value) in [("batch size", batchSize), ("threads", threads), ("prefetch", prefetch)]
        where value < 1 {
            throw .request(what, expected: "at least 1", found: "\(value)")
        }
        guard input.rank == 3, input[0] > 0, input[1] > 0, input[2] == 1 || input[2] == 3 else {
            throw .request("input of the network", expected: "[H, W, 1] or [H, W, 3]", found: "\(input)")
        }
        guard !indices.isEmpty else {
            throw .request("batches of dataset '\(dataset.name)'", expected: "samples", found: "none")
        }
        self.dataset = dataset
        self.indices = indices
        self.batchSize = batchSize
        self.input = input
        self.scaling = scaling
        self.augmentation = augmentation
        self.variation = variation?.isActive == true ? variation : nil
        self.shuffles = shuffles
        self.seed = seed
        self.threads = threads
        self.prefetch = prefetch
        self.cache = ImageCache(byteLimit: cache.byteLimit)
    }

    /// How many batches an epoch has.
    public var batchCount: Int { (indices.count + batchSize - 1) / batchSize }

    /// Begins an epoch: from now on, its first batches are prepared.
    /// - Parameter first: how many of the epoch's batches are left out, since they were seen before.
    public func batches(epoch: Int, from first: Int = 0) -> BatchIterator {
        let pipeline = BatchPipeline(
            loader: self, epoch: epoch, from: first, ahead: prefetch, threads: threads)
        return BatchIterator(pipeline)
    }

    /// Whether whole batches are varied, so that no picture comes again as it was.
    public var isVaried: Bool { variation != nil }

    /// The same samples, in the same order, in batches of another size; with the same cache.
    public func inBatches(of size: Int) -> BatchLoader {
        var loader = self
        loader.batchSize = max(1, size)
        return loader
    }

    /// The same batches, of pictures that another loader has kept, or will keep: it must have the same dataset and
    /// input.
    public func sharingPictures(of other: BatchLoader) -> BatchLoader {
        precondition(other.input == input, "the other loader's pictures have another size")
        var loader = self
        loader.cache = other.cache
        return loader
    }

    /// Some of the samples, in the given order in every epoch; with the same cache.
    public func selecting(_ indices: [Int]) -> BatchLoader {
        var loader = self
        (loader.indices, loader.shuffles) = (indices, false)
        return loader
    }

    /// The samples of a batch, without their pictures.
    public func sampleIndices(ofBatch number: Int, order: [Int]) -> [Int] {
        Array(order[number * batchSize..<min((number + 1) * batchSize, order.count)])
    }

    /// A batch whose inputs were made elsewhere: what a part of a network makes of the pictures.
    public func batch(inputs: Tensor, _ sampleIndices: [Int]) -> Batch {
        Batch(
            inputs: inputs, targets: dataset.targets(of: sampleIndices), sampleIndices: sampleIndices)
    }

    /// The samples of an epoch in its order.
    public func order(epoch: Int) -> [Int] {
        guard shuffles else { return indices }
        var random = SeededRandom(seed: seed, stream: RandomStream.shuffle, epoch)
        return random.permutation(of: indices.count).map { indices[$0] }
    }

    /// A sample's picture in the network's size, varied for the epoch.
    func image(_ index: Int, epoch: Int) throws(DatasetError) -> Image {
        let image = try fittedImage(index)
        return augmentation?.apply(to: image, seed: seed, epoch: view(inEpoch: epoch), sample: index) ?? image
    }

    /// A batch of pictures that are prepared.
    /// - Parameter number: its position in the epoch.
    func batch(_ images: [Image], _ sampleIndices: [Int], epoch: Int, number: Int) -> Batch {
        let batch = batch(inputs: scaling.tensor(of: images, input: input), sampleIndices)
        return variation?.apply(
            to: batch, seed: seed, epoch: epoch, number: number, classes: dataset.classNames.count) ?? batch
    }

    private func fittedImage(_ index: Int) throws(DatasetError) -> Image {
        if let image = cache[index] { return image }
        let original = try dataset.samples[index].image()
        let image = original.fitted(to: input)
        // What lies in memory in its final size is as good as cached.
        let isWork = dataset.samples[index].source.isFile || image.pixels.count != original.pixels.count
        if isWork { cache.insert(image, at: index) }
        return image
    }
}
