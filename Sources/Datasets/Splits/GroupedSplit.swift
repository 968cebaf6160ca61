import Tensors

extension Dataset {
    /// Gives samples to parts, those of a group to the same one, stratified by class.
    /// - Parameters:
    ///   - indices: the samples; those without a group are a group each.
    ///   - weights: what each part should have; together 1.
    ///   - withoutGaps: whether parts too small for a whole group get one all the same.
    /// - Returns: the part of each of `indices`, and how many groups there are.
    func groupedParts(
        of indices: [Int], weights: [Double], seed: UInt64, withoutGaps: Bool = false
    ) -> (parts: [Int], groupCount: Int) {
        var numbers: [String: Int] = [:]
        var counts: [[Int]] = []
        let groups = indices.map { index in
            let sample = samples[index]
            let number = sample.group.flatMap { numbers[$0] } ?? counts.count
            if number == counts.count { counts.append([Int](repeating: 0, count: classNames.count)) }
            if let group = sample.group { numbers[group] = number }
            counts[number][sample.label] += 1
            return number
        }
        // Chance decides between groups that are alike.
        var random = SeededRandom(seed: seed, stream: RandomStream.groups)
        let order = random.permutation(of: counts.count)
        let assignment = GroupAssignment(counts: order.map { counts[$0] }, weights: weights)
        let dealt = withoutGaps ? assignment.partsWithoutGaps() : assignment.parts()
        var parts = [Int](repeating: 0, count: counts.count)
        for (position, group) in order.enumerated() { parts[group] = dealt[position] }
        return (groups.map { parts[$0] }, counts.count)
    }

    /// Draws validation and test samples by whole groups; see ``splitting(validation:test:seed:)``.
    func splittingGroups(
        _ shares: [(split: Split, fraction: Double)], seed: UInt64
    ) throws(DatasetError) -> Dataset {
        var result = self
        let pool = samples.indices.filter { samples[$0].split == nil || samples[$0].split == .train }
        let wanted = shares.filter { $0.fraction > 0 }
        let splits = [Split.train] + wanted.map(\.split)
        let weights = [1 - wanted.reduce(0) { $0 + $1.fraction }] + wanted.map(\.fraction)
        let (parts, groupCount) = groupedParts(of: pool, weights: weights, seed: seed, withoutGaps: true)
        for (index, part) in zip(pool, parts) { result.samples[index].split = splits[part] }
        for split in splits where !parts.contains(splits.firstIndex(of: split)!) {
            throw .request(
                "\(split.rawValue) split of dataset '\(name)'", expected: "at least one group of samples",
                found: "none, for \(groupCount) groups that must be kept whole")
        }
        result.splitMethod?.groups = wanted.isEmpty ? nil : groupCount
        return result
    }
}
