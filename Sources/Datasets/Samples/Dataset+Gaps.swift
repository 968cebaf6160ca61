import Foundation

extension Dataset {
    /// Pictures of the folder that were passed over because their kinds are not read: how many there are, by the
    /// endings of their names in lower case.
    public var unreadKinds: [String: Int] {
        var counts: [String: Int] = [:]
        for file in ignoredFiles {
            let ending = URL(filePath: file).pathExtension.lowercased()
            if ImageFormat.otherExtensions.contains(ending) { counts[ending, default: 0] += 1 }
        }
        return counts
    }

    /// The classes of which a split has no pictures, for each split that has any.
    public var missingClasses: [(split: Split, classes: [String])] {
        splits.compactMap { split in
            let missing = zip(classNames, counts(in: split)).filter { $0.1 == 0 }.map(\.0)
            return missing.isEmpty ? nil : (split, missing)
        }
    }

    /// How many groups (subjects) there are, and those that have samples in more than one split, sorted by name.
    public var groupSpread: (count: Int, torn: [String]) {
        var splits: [String: Set<Split?>] = [:]
        for sample in samples {
            if let group = sample.group { splits[group, default: []].insert(sample.split) }
        }
        return (splits.count, splits.filter { $0.value.count > 1 }.map(\.key).sorted())
    }
}
