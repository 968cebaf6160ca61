import Datasets
import Foundation
import Layers
import Tensors

/// What a run keeps of the features that the fixed beginning of its network makes of pictures.
///
/// Without a store, features are computed whenever they are needed, in the same batches and so to the same bits.
public final class FeatureReuse {
    /// When features are kept.
    public enum Policy: Sendable, Equatable {
        /// Where a stage has several epochs and shows the same pictures in them.
        case automatic
        /// Wherever the same pictures are shown again: in one epoch too, for other runs.
        case always
    }

    /// Where they are kept; nil for nowhere.
    public let store: FeatureStore?
    /// When they are.
    public let policy: Policy

    private var extractor: FeatureExtractor?
    private var table: FeatureTable?
    private var contents: [Int: ContentHash] = [:]
    private var isUnavailable = false
    private let tally = FeatureTally()
    private let shared: SharedFeatures?
    /// Where the training's place is among others, whose heads are computed with its own; nil where it is alone.
    let member: Lockstep.Member?

    /// What is kept in a store, or nothing.
    /// - Parameters:
    ///   - shared: what other runs of the program have at hand; nil for nothing.
    ///   - member: the run's place among others, whose heads are computed with its own; nil where it is alone.
    public init(
        _ store: FeatureStore? = nil, policy: Policy = .automatic, sharing shared: SharedFeatures? = nil,
        as member: Lockstep.Member? = nil
    ) {
        self.member = member
        self.store = store
        self.policy = policy
        self.shared = shared
    }

    /// What it came to so far.
    public var use: FeatureUse { tally.use }

    /// A number of pictures that is written at a time: enough to be worth a file, not so many that much is lost
    /// with a program that is killed.
    private static func packSize(width: Int) -> Int {
        max(FeatureExtractor.batchSize, min(4096, (64 << 20) / (width * 4)))
    }

    /// Begins with another beginning of a network, or with other arrays; with none, batches are of pictures.
    package func begin(_ prefix: Network?, _ parameters: Parameters) throws {
        (extractor, table, isUnavailable) = (nil, nil, false)
        guard let prefix else { return }
        let extractor =
            try shared?.extractor(prefix, parameters) ?? FeatureExtractor(prefix, parameters)
        self.extractor = extractor
        guard let store else { return }
        table =
            shared?.table(of: extractor, in: store)
            ?? FeatureTable(extractor.identity, shape: extractor.shape, in: store)
    }

    /// The batches of an epoch.
    /// - Parameters:
    ///   - isRepeated: whether the samples are shown again.
    ///   - observe: hears how many features are done, and what is wrong with the cache; an error that it throws
    ///     ends the work.
    package func batches(
        of loader: BatchLoader, epoch: Int, from first: Int = 0, isRepeated: Bool,
        observe: (FeatureEvent) throws -> Void
    ) throws -> any BatchSource {
        guard let extractor else { return loader.batches(epoch: epoch, from: first) }
        if loader.isVaried {
            return VariedFeatureBatches(loader.batches(epoch: epoch, from: first), extractor, tally)
        }
        if let table, !isUnavailable, loader.viewCount != nil, isRepeated || policy == .always,
            let inputs = try prepared(loader, epoch, table, extractor, observe)
        {
            return CachedFeatureBatches(loader, epoch: epoch, from: first, table, inputs, tally)
        }
        return ComputedFeatureBatches(loader, epoch: epoch, from: first, extractor, tally)
    }

    /// Brings all features of an epoch's pictures into the table.
    /// - Returns: what the network is given for each sample; nil where they cannot be kept.
    private func prepared(
        _ loader: BatchLoader, _ epoch: Int, _ table: FeatureTable, _ extractor: FeatureExtractor,
        _ observe: (FeatureEvent) throws -> Void
    ) throws -> [Int: ContentHash]? {
        let inputs = try inputs(of: loader, epoch)
        func missing() -> [Int] { loader.indices.filter { !table.contains(inputs[$0]!) } }
        func refresh() throws {
            try table.refresh { try observe(.damaged(path: $0.path(percentEncoded: false))) }
        }
        if missing().isEmpty { return inputs }
        try refresh()
        if missing().isEmpty { return inputs }
        if let reason = objection(to: loader, width: extractor.shape.elementCount) {
            return try giveUp(reason, observe)
        }
        var hasher = ContentHasher()
        hasher.add(table.network)
        for index in missing() { hasher.add(inputs[index]!) }
        let total = loader.indices.count
        let lock = try FeatureLock(hasher.finish(), of: table.network, in: table.store) {
            try observe(.waiting)
        }
        // Who had the lock may have done the work.
        try refresh()
        do {
            let indices = missing()
            try compute(loader.selecting(indices), epoch, table, extractor, inputs) { done in
                try observe(.computing(done: total - indices.count + done, total: total))
            }
        } catch let error as FeatureStoreError {
            return try giveUp("\(error)", observe)
        }
        _ = consume lock
        return inputs
    }

    private func compute(
        _ loader: BatchLoader, _ epoch: Int, _ table: FeatureTable, _ extractor: FeatureExtractor,
        _ inputs: [Int: ContentHash], _ observe: (Int) throws -> Void
    ) throws {
        guard !loader.indices.isEmpty else { return }
        let packSize = Self.packSize(width: extractor.shape.elementCount)
        var (keys, features, done) = ([ContentHash](), [Tensor](), 0)
        let batches = loader.inBatches(of: FeatureExtractor.batchSize).batches(epoch: epoch)
        while let batch = try batches.next() {
            features.append(try extractor(batch.inputs, tally))
            keys += batch.sampleIndices.map { inputs[$0]! }
            done += batch.sampleIndices.count
            if keys.count >= packSize || done == loader.indices.count {
                try table.write(keys, features, secondsPerPicture: extractor.secondsPerPicture)
                (keys, features) = ([], [])
            }
            try observe(done)
        }
    }

    private func inputs(of loader: BatchLoader, _ epoch: Int) throws -> [Int: ContentHash] {
        let unknown = loader.indices.filter { contents[$0] == nil }
        for (index, hash) in zip(unknown, try loader.contentHashes(of: unknown)) {
            contents[index] = hash
        }
        return loader.inputHashes(contents: contents, epoch: epoch)
    }

    /// Why the features of all of a loader's pictures cannot be kept, if they cannot.
    private func objection(to loader: BatchLoader, width: Int) -> String? {
        guard let store else { return nil }
        let needed = FeaturePack.byteCount(
            pictures: loader.indices.count * (loader.viewCount ?? 1), width: width)
        guard needed <= store.byteLimit else {
            return
                "they would take \(Self.size(needed)), and the cache may have \(Self.size(store.byteLimit))"
        }
        return nil
    }

    private func giveUp(_ reason: String, _ observe: (FeatureEvent) throws -> Void) throws -> [Int:
        ContentHash]?
    {
        isUnavailable = true
        try observe(.unavailable(reason: reason))
        return nil
    }

    private static func size(_ bytes: Int) -> String { "\(Double(bytes / 10_000_000) / 100) GB" }
}
