import Synchronization

/// What there is to know of a dataset before anything is trained with it.
public struct DatasetCheck: Sendable {
    /// Pictures of one size and kind.
    public struct Format: Sendable, Equatable, Hashable {
        /// How many rows.
        public var height: Int
        /// How many pixels a row has.
        public var width: Int
        /// 1 for grey, 3 for colours.
        public var channels: Int
    }

    /// The pictures that cannot be read.
    public let broken: [SkippedSample]
    /// The sizes and kinds of pictures, the most frequent first.
    public let formats: [(format: Format, count: Int)]
    /// The pairs in different splits that are the same or nearly so.
    public let duplicatesAcrossSplits: [DuplicatePair]
    /// The pairs in one split that are.
    public let duplicatesWithinSplits: [DuplicatePair]
    /// The groups (subjects) that have samples in more than one split.
    public let tornGroups: [String]
    /// How many groups there are.
    public let groupCount: Int

    /// Decodes every picture and compares all.
    /// - Parameter observe: hears how many pictures are decoded; called from several threads.
    public init(_ dataset: Dataset, observe: (@Sendable (_ done: Int) -> Void)? = nil) {
        let prints = PictureFingerprints(dataset, observe: observe)
        broken = prints.broken
        var counts: [Format: Int] = [:]
        for print in prints.all {
            guard let extents = print?.extents else { continue }
            counts[Format(height: extents[0], width: extents[1], channels: extents[2]), default: 0] += 1
        }
        formats = counts.map { (format: $0.key, count: $0.value) }.sorted {
            ($1.count, $0.format.height, $0.format.width) < ($0.count, $1.format.height, $1.format.width)
        }
        let all = dataset.duplicates(prints.all) { _, _ in true }
        let split = { (pair: DuplicatePair) in
            dataset.samples[pair.first].split != dataset.samples[pair.second].split
        }
        duplicatesAcrossSplits = all.filter(split)
        duplicatesWithinSplits = all.filter { !split($0) }
        (groupCount, tornGroups) = dataset.groupSpread
    }
}
