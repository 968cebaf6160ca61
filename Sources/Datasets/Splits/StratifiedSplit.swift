import Tensors

extension Dataset {
    /// Gives every sample its split, drawing those that the source does not have.
    ///
    /// Splits of the source stay as they are. Where it has no validation or no test samples, a share of its
    /// training samples (or of those whose split it does not say) is set apart, at random and stratified:
    /// of `n` such samples, `round(fraction · n)` in all, and of each class as near to its share of that as
    /// whole numbers allow (largest remainders first, then in the order of the classes). The test samples
    /// are drawn first. Every class keeps at least one training sample.
    ///
    /// Where samples have groups, groups are kept whole, and classes divided as nearly as that allows; a share too
    /// small for any group is one group.
    /// - Parameters:
    ///   - validation: the share to validate with, in `0..<1`; without effect where the source has a split.
    ///   - test: the share to test with, likewise.
    ///   - seed: the same samples are drawn for the same seed.
    /// - Throws: ``DatasetError/request(_:expected:found:)`` for fractions out of range, or for one so small
    ///   that nothing would be drawn.
    public func splitting(
        validation: Double, test: Double, seed: UInt64
    ) throws(DatasetError) -> Dataset {
        let present = Set(splits)
        let shares: [(split: Split, fraction: Double)] = [(.test, test), (.validation, validation)]
            .filter { !present.contains($0.split) }
        try check(validation: validation, test: test)
        guard present.isEmpty || present.contains(.train) || samples.contains(where: { $0.split == nil })
        else {
            throw .request(
                "training split of dataset '\(name)'", expected: "pictures to learn from",
                found: "only pictures for \(splits.map(\.rawValue).joined(separator: " and "))")
        }
        var result = self
        result.splitMethod = SplitMethod(
            given: Split.allCases.filter(present.contains),
            drawn: shares.filter { $0.fraction > 0 }.map(\.split).reversed())
        if hasGroups { return try result.splittingGroups(shares, seed: seed) }
        var pools = indicesByClass { $0.split == nil || $0.split == .train }
        for (label, pool) in pools.enumerated() {
            var random = SeededRandom(seed: seed, stream: RandomStream.split, label)
            pools[label] = random.permutation(of: pool.count).map { pool[$0] }
            for index in pool { result.samples[index].split = .train }
        }
        let sizes = pools.map(\.count)
        for (split, fraction) in shares where fraction > 0 {
            let counts = stratifiedCounts(sizes, fraction: fraction, available: pools.map { $0.count - 1 })
            guard counts.contains(where: { $0 > 0 }) else {
                throw .request(
                    "\(split.rawValue) split of dataset '\(name)'", expected: "at least one sample",
                    found: "none, for \(fraction) of \(sizes.reduce(0, +)) in \(sizes.count) classes")
            }
            for (label, count) in counts.enumerated() {
                for index in pools[label].suffix(count) { result.samples[index].split = split }
                pools[label].removeLast(count)
            }
        }
        return result
    }

    private func check(validation: Double, test: Double) throws(DatasetError) {
        for (name, fraction) in [("validation", validation), ("test", test)] {
            guard (0..<1).contains(fraction) else {
                throw .request("\(name) fraction", expected: "at least 0 and below 1", found: "\(fraction)")
            }
        }
        guard validation + test < 1 else {
            throw .request(
                "validation and test fractions", expected: "less than 1 together",
                found: "\(validation) + \(test)")
        }
    }
}

/// How many of each class to draw, for a share of all: Hamilton's method of largest remainders.
/// - Parameters:
///   - sizes: how many there are of each class.
///   - available: how many of them may be drawn at most.
func stratifiedCounts(_ sizes: [Int], fraction: Double, available: [Int]) -> [Int] {
    let quotas = sizes.map { Double($0) * fraction }
    var counts = zip(quotas, available).map { max(0, min(Int($0), $1)) }
    var missing = Int((Double(sizes.reduce(0, +)) * fraction).rounded()) - counts.reduce(0, +)
    let order = quotas.indices.sorted { left, right in
        let (first, second) = (quotas[left] - Double(counts[left]), quotas[right] - Double(counts[right]))
        return first != second ? first > second : left < right
    }
    // More than one round only where a class had nothing left to give.
    while missing > 0, order.contains(where: { counts[$0] < available[$0] }) {
        for label in order where missing > 0 && counts[label] < available[label] {
            counts[label] += 1
            missing -= 1
        }
    }
    return counts
}
