/// Two pictures of a dataset that are the same, or so alike that they most likely were made from the same.
public struct DuplicatePair: Sendable, Equatable {
    /// The sample that comes first in the order of splits (train, validation, test), then of samples: its
    /// position in ``Dataset/samples``.
    public let first: Int
    /// The position of the other one.
    public let second: Int
    /// How many bits of their perceptual hashes differ.
    public let distance: Int
    /// The correlation of their miniatures.
    public let correlation: Double
    /// Whether all their values are equal.
    public let isExact: Bool
}

/// Finds the pairs of pictures whose perceptual hashes are near each other, without comparing all with all.
///
/// Hashes that differ in at most `d` bits agree entirely in one of `d + 1` bands at least, so only pictures
/// that share a band are compared. What is near is then compared by its miniature, since 64 bits do not tell
/// enough apart in tens of thousands of faces.
///
/// Norouzi, Punjani and Fleet, "Fast search in Hamming space with multi-index hashing", CVPR 2012.
struct DuplicateSearch {
    /// How many bits may differ.
    var distanceLimit = 8
    /// How alike the miniatures must be.
    var correlationLimit = 0.95

    /// The pairs, in the order of their first and second samples.
    /// - Parameter isWanted: whether the samples of two positions are of interest; asked before they are
    ///   compared.
    func pairs(
        _ prints: [PictureFingerprint?], where isWanted: (Int, Int) -> Bool
    ) -> [(Int, Int, distance: Int, correlation: Double, isExact: Bool)] {
        var found: [(Int, Int, distance: Int, correlation: Double, isExact: Bool)] = []
        let known = prints.indices.compactMap { index in prints[index].map { (index: index, print: $0) } }
        for band in 0...distanceLimit {
            let keyed = known.map { (key: key($0.print.hash, band), $0.index, $0.print) }
                .sorted { ($0.key, $0.1) < ($1.key, $1.1) }
            var start = 0
            while start < keyed.count {
                var end = start + 1
                while end < keyed.count && keyed[end].key == keyed[start].key { end += 1 }
                for left in start..<end {
                    for right in (left + 1)..<max(end, left + 1) where isWanted(keyed[left].1, keyed[right].1)
                    {
                        if let pair = compare(keyed[left].2, keyed[right].2, band) {
                            found.append((keyed[left].1, keyed[right].1, pair.0, pair.1, pair.2))
                        }
                    }
                }
                start = end
            }
        }
        return found.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }

    private func compare(
        _ left: PictureFingerprint, _ right: PictureFingerprint, _ band: Int
    ) -> (Int, Double, Bool)? {
        let distance = left.hash.distance(to: right.hash)
        guard distance <= distanceLimit else { return nil }
        // Found already where an earlier band agrees as well.
        for earlier in 0..<band where key(left.hash, earlier) == key(right.hash, earlier) { return nil }
        let isExact = left.content == right.content && left.extents == right.extents
        let correlation = isExact ? 1 : left.correlation(with: right)
        return correlation >= correlationLimit ? (distance, correlation, isExact) : nil
    }

    /// The bits of a band, which are as even in number as 64 allows.
    private func key(_ hash: PerceptualHash, _ band: Int) -> UInt64 {
        let count = distanceLimit + 1
        let (from, to) = (band * 64 / count, (band + 1) * 64 / count)
        let width = UInt64(to - from)
        return hash.bits >> UInt64(from) & (width >= 64 ? .max : 1 << width - 1)
    }
}

extension Dataset {
    /// The pairs of pictures in different splits that are the same or nearly so: what is tested with must not
    /// have been trained with.
    public func duplicatesAcrossSplits() -> [DuplicatePair] {
        duplicates(PictureFingerprints(self).all) { samples[$0].split != samples[$1].split }
    }

    /// The pairs of pictures that are the same or nearly so, where wanted.
    func duplicates(_ prints: [PictureFingerprint?], where isWanted: (Int, Int) -> Bool) -> [DuplicatePair] {
        DuplicateSearch().pairs(prints, where: isWanted).map { left, right, distance, correlation, isExact in
            let isOrdered = rank(left) <= rank(right)
            return DuplicatePair(
                first: isOrdered ? left : right, second: isOrdered ? right : left, distance: distance,
                correlation: correlation, isExact: isExact)
        }
    }

    private func rank(_ index: Int) -> Int {
        samples[index].split.flatMap(Split.allCases.firstIndex) ?? Split.allCases.count
    }

    /// The samples without those training samples that another split has duplicates of; they are in
    /// ``skipped`` then.
    public func droppingFromTraining(_ duplicates: [DuplicatePair]) -> Dataset {
        var twins: [Int: Int] = [:]
        for pair in duplicates
        where samples[pair.first].split == .train && samples[pair.second].split != .train {
            twins[pair.first] = pair.second
        }
        var result = self
        result.samples = samples.indices.filter { twins[$0] == nil }.map { samples[$0] }
        result.skipped += twins.sorted { $0.key < $1.key }.map { index, twin in
            let name = samples[index].identifier
            return SkippedSample(
                identifier: name,
                reason:
                    "\(name): left out of the training, as \(samples[twin].identifier) is the same picture")
        }
        return result
    }
}
