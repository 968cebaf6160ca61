import Tensors

extension Dataset {
    /// Divides all samples anew into folds, of which one is to test on, whatever splits the source has: for
    /// cross-validation.
    ///
    /// Folds are stratified by class as scikit-learn's `StratifiedKFold`: of each class, no fold has more than
    /// one sample more than another. Where samples have groups, groups are kept whole, as by
    /// `StratifiedGroupKFold`. The folds are the same for each number and the same seed.
    /// - Parameters:
    ///   - number: the fold to test on, from 0.
    ///   - count: how many folds there are, at least 2.
    ///   - validation: the share of the other folds to validate with.
    /// - Throws: ``DatasetError/request(_:expected:found:)``
    public func folded(
        _ number: Int, of count: Int, validation: Double, seed: UInt64
    ) throws(DatasetError) -> Dataset {
        guard count >= 2, (0..<count).contains(number) else {
            throw .request(
                "fold", expected: "0 to \(count - 1) of at least 2 folds", found: "\(number) of \(count)")
        }
        var result = self
        let parts: [Int]
        var groupCount: Int?
        if hasGroups {
            let weights = [Double](repeating: 1 / Double(count), count: count)
            let all = groupedParts(of: Array(samples.indices), weights: weights, seed: seed)
            (parts, groupCount) = (all.parts, all.groupCount)
        } else {
            parts = stratifiedParts(count, seed: seed)
        }
        for fold in 0..<count where !parts.contains(fold) {
            throw .request(
                "folds of dataset '\(name)'", expected: "samples for each of \(count) folds",
                found: groupCount.map { "\($0) groups that must be kept whole" } ?? "\(samples.count) samples"
            )
        }
        for index in samples.indices { result.samples[index].split = parts[index] == number ? .test : .train }
        result = try result.splitting(validation: validation, test: 0, seed: seed)
        result.splitMethod = SplitMethod(
            drawn: [.validation, .test], groups: groupCount, fold: .init(number: number, of: count))
        return result
    }

    /// Deals each class out in turn; where one class ends, the next goes on.
    private func stratifiedParts(_ count: Int, seed: UInt64) -> [Int] {
        var parts = [Int](repeating: 0, count: samples.count)
        var next = 0
        for (label, indices) in indicesByClass(where: { _ in true }).enumerated() {
            var random = SeededRandom(seed: seed, stream: RandomStream.folds, label)
            for position in random.permutation(of: indices.count) {
                parts[indices[position]] = next % count
                next += 1
            }
        }
        return parts
    }
}
