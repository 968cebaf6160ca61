import Tensors
import Wording

extension Dataset {
    /// The samples of some classes only, which are numbered anew in the given order. Samples with soft labels
    /// are those whose likeliest class is among them; of several labels, those that are left stay.
    /// - Throws: ``DatasetError/unknownClass(_:dataset:nearest:known:)`` with the nearest names, or
    ///   ``DatasetError/request(_:expected:found:)`` for no classes or a class named twice.
    public func selecting(classes: [String]) throws(DatasetError) -> Dataset {
        guard !classes.isEmpty else {
            throw .request("classes of dataset '\(name)'", expected: "at least one class", found: "none")
        }
        var labels = [Int?](repeating: nil, count: classNames.count)
        for (label, className) in classes.enumerated() {
            guard let old = classNames.firstIndex(of: className) else {
                throw .unknownClass(
                    className, dataset: name, nearest: nearestNames(to: className, among: classNames),
                    known: classNames)
            }
            guard labels[old] == nil else {
                throw .request(
                    "classes of dataset '\(name)'", expected: "each class once", found: "'\(className)' twice"
                )
            }
            labels[old] = label
        }
        var selection = self
        selection.classNames = classes
        let old = classes.compactMap { classNames.firstIndex(of: $0) }
        selection.samples = samples.compactMap { sample in
            let label = labels[sample.label] ?? (labelling == .multiple ? 0 : nil)
            return label.map { sample.selecting(old, label: $0, labelling) }
        }
        return selection
    }

    /// The samples, numbered by a list of classes of which they need not have all.
    /// - Returns: nil where a class is not in the list.
    public func numbered(as classes: [String]) -> Dataset? {
        let labels = classNames.map { classes.firstIndex(of: $0) }
        guard labelling == .single, !labels.contains(nil) else { return nil }
        var result = self
        result.classNames = classes
        for index in samples.indices { result.samples[index].label = labels[samples[index].label] ?? 0 }
        return result
    }

    /// At most `perClass` samples of each class, drawn at random; for trying things out, and for learning
    /// from few examples.
    /// - Parameters:
    ///   - split: the split to draw from, where the others stay as they are; nil to draw from all samples.
    ///   - seed: the same samples are drawn for the same seed.
    /// - Throws: ``DatasetError/request(_:expected:found:)`` for a limit below 1.
    public func limited(
        perClass limit: Int, inSplit split: Split? = nil, seed: UInt64
    ) throws(DatasetError) -> Dataset {
        guard limit > 0 else {
            throw .request("samples per class", expected: "at least 1", found: "\(limit)")
        }
        var dropped: Set<Int> = []
        for (label, var indices) in indicesByClass(where: { split == nil || $0.split == split }).enumerated()
        {
            var random = SeededRandom(seed: seed, stream: RandomStream.limit, label)
            let order = random.permutation(of: indices.count)
            indices = order.map { indices[$0] }
            dropped.formUnion(indices.dropFirst(limit))
        }
        var selection = self
        selection.samples = samples.indices.filter { !dropped.contains($0) }.map { samples[$0] }
        return selection
    }

    /// For each class, the positions of its samples for which `condition` holds.
    func indicesByClass(where condition: (Sample) -> Bool) -> [[Int]] {
        var indices = [[Int]](repeating: [], count: classNames.count)
        for (index, sample) in samples.enumerated() where condition(sample) {
            indices[sample.label].append(index)
        }
        return indices
    }
}
