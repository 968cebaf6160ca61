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
/// enough apart in tens of thousands of faces, and nothing in clothes of 28 × 28 pixels.
///
/// Norouzi, Punjani and Fleet, "Fast search in Hamming space with multi-index hashing", CVPR 2012.
struct DuplicateSearch {
    /// How many bits may differ.
    var distanceLimit = 8
    /// How alike the miniatures must be.
    var correlationLimit = 0.95
    /// How many grey levels their pixels may differ by in the mean; see ``PictureFingerprint/difference(from:)``.
    ///
    /// Recoded, resized and slightly brightened copies of photographs stay below; of pictures of clothes, all of
    /// which are alike in 28 × 28 pixels, the same garment does, and no other of its kind.
    var differenceLimit = 4.0

    /// A hash and whose it is: what the search goes through millions of, without what it seldom needs.
    private struct Entry {
        var key: UInt64
        var bits: UInt64
        var index: Int
    }

    /// The pairs, in the order of their first and second samples.
    /// - Parameter isWanted: whether the samples of two positions are of interest.
    func pairs(
        _ prints: [PictureFingerprint?], where isWanted: (Int, Int) -> Bool
    ) -> [(Int, Int, distance: Int, correlation: Double, isExact: Bool)] {
        var found: [(Int, Int, distance: Int, correlation: Double, isExact: Bool)] = []
        let known = prints.indices.compactMap { index in prints[index].map { ($0.hash.bits, index) } }
        for band in 0...distanceLimit {
            let entries = known.map { Entry(key: key($0, band), bits: $0, index: $1) }
                .sorted { ($0.key, $0.index) < ($1.key, $1.index) }
            for left in entries.indices {
                var right = left + 1
                while right < entries.count && entries[right].key == entries[left].key {
                    let (first, second) = (entries[left], entries[right])
                    right += 1
                    let distance = (first.bits ^ second.bits).nonzeroBitCount
                    guard distance <= distanceLimit, isFirst(band, first.bits, second.bits),
                        isWanted(first.index, second.index), let left = prints[first.index],
                        let right = prints[second.index]
                    else { continue }
                    let isExact = left.content == right.content && left.extents == right.extents
                    let correlation = isExact ? 1 : left.correlation(with: right)
                    guard correlation >= correlationLimit,
                        left.difference(from: right) <= limit(left, right)
                    else { continue }
                    found.append((first.index, second.index, distance, correlation, isExact))
                }
            }
        }
        return found.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }

    /// How far two miniatures may differ: as they like where pictures of two sizes are, one of which is so small that
    /// it lost what the miniature of the other shows.
    private func limit(_ left: PictureFingerprint, _ right: PictureFingerprint) -> Double {
        let sides = [left, right].flatMap { $0.extents.prefix(2) }
        let isShrunk =
            left.extents.prefix(2) != right.extents.prefix(2)
            && (sides.min() ?? 0) < 2 * PictureFingerprint.side
        return isShrunk ? .infinity : differenceLimit
    }

    /// Whether a band is the first that two hashes share, so that a pair is found once.
    private func isFirst(_ band: Int, _ left: UInt64, _ right: UInt64) -> Bool {
        !(0..<band).contains { key(left, $0) == key(right, $0) }
    }

    /// The bits of a band, which are as even in number as 64 allows.
    private func key(_ bits: UInt64, _ band: Int) -> UInt64 {
        let count = distanceLimit + 1
        let (from, to) = (band * 64 / count, (band + 1) * 64 / count)
        let width = UInt64(to - from)
        return bits >> UInt64(from) & (width >= 64 ? .max : 1 << width - 1)
    }
}

extension Dataset {
    /// The pairs of pictures in different splits that are the same or nearly so: what is tested with must not
    /// have been trained with.
    /// - Parameter memory: has what is known of pictures that were searched before; nil for nothing.
    public func duplicatesAcrossSplits(remembering memory: FingerprintMemory? = nil) -> [DuplicatePair] {
        duplicates(memory?.prints(of: self) ?? PictureFingerprints(self).all) {
            samples[$0].split != samples[$1].split
        }
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
