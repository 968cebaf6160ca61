/// Labelled pictures: their classes, and where each picture is to be had.
///
/// ```swift
/// let faces = try Dataset.fer2013("data/fer2013.csv")
///     .selecting(classes: ["happy", "sad"])
///     .splitting(validation: 0.1, test: 0.1, seed: 7)
/// ```
/// A dataset is a value that may be read from several threads. It holds no decoded files.
public struct Dataset: Sendable {
    /// What the dataset is called in tables and errors.
    public let name: String
    /// The classes; a sample's label is an index into them.
    public internal(set) var classNames: [String]
    /// The samples, in an order that is the same in every run.
    public internal(set) var samples: [Sample]
    /// The samples that were left out because they are broken.
    public internal(set) var skipped: [SkippedSample]
    /// Files in the folder that are no pictures by their names, as paths below it.
    public let ignoredFiles: [String]
    /// How the samples came into their splits; nil before they were given one each.
    public internal(set) var splitMethod: SplitMethod?

    init(
        name: String, classNames: [String], samples: [Sample], skipped: [SkippedSample] = [],
        ignoredFiles: [String] = []
    ) {
        self.name = name
        self.classNames = classNames
        self.samples = samples
        self.skipped = skipped
        self.ignoredFiles = ignoredFiles
    }

    /// The positions in ``samples`` of those that are for `split`, in order; nil means those for which the
    /// source does not say.
    public func indices(in split: Split?) -> [Int] {
        samples.indices.filter { samples[$0].split == split }
    }

    /// How many samples of each class are for `split`, in the order of ``classNames``.
    public func counts(in split: Split?) -> [Int] {
        var counts = [Int](repeating: 0, count: classNames.count)
        for sample in samples where sample.split == split { counts[sample.label] += 1 }
        return counts
    }

    /// How many samples each class has in all, in the order of ``classNames``.
    public var counts: [Int] {
        var counts = [Int](repeating: 0, count: classNames.count)
        for sample in samples { counts[sample.label] += 1 }
        return counts
    }

    /// The splits that have samples, in the order train, validation, test.
    public var splits: [Split] {
        let found = Set(samples.map(\.split))
        return Split.allCases.filter { found.contains($0) }
    }

    /// Checks that there is anything at all.
    func checked(source: String) throws(DatasetError) -> Dataset {
        guard !samples.isEmpty else { throw .noSamples(source: source) }
        return self
    }
}
