/// How much of a tree's variation over the whole space each axis explains alone: functional analysis of variance
/// (Hutter, Hoos and Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance", ICML 2014).
struct FunctionalVariance {
    private let leaves: [RegressionTree.Leaf]
    private let axes: [ImportanceAxis]
    /// For each leaf and axis, the share of the axis that the leaf covers.
    private let shares: [[Double]]
    private let volumes: [Double]
    private let mean: Double

    init(_ tree: RegressionTree, axes: [ImportanceAxis]) {
        leaves = tree.leaves
        self.axes = axes
        shares = leaves.map { leaf in zip(leaf.extents, axes).map(Self.share) }
        volumes = shares.map { $0.reduce(1, *) }
        mean = zip(leaves, volumes).reduce(0) { $0 + $1.0.value * $1.1 }
    }

    private static func share(_ extent: RegressionTree.Extent, _ axis: ImportanceAxis) -> Double {
        switch (extent, axis) {
        case (.interval(let low, let high), _): high - low
        case (.choices(let open), .choices(let shares)):
            zip(open, shares).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
        case (.choices, .coordinate): 1
        }
    }

    /// The variance of the tree's value over the space.
    var total: Double {
        zip(leaves, volumes).reduce(0) { $0 + $1.1 * ($1.0.value - mean) * ($1.0.value - mean) }
    }

    /// The variance of the mean that is left when all other axes are averaged away.
    func marginal(_ axis: Int) -> Double {
        switch axes[axis] {
        case .choices(let weights): return variance(choiceMeans(axis, weights.count), weights)
        case .coordinate:
            let cuts = Set(
                leaves.flatMap { leaf -> [Double] in
                    if case .interval(let low, let high) = leaf.extents[axis] { [low, high] } else { [] }
                }
            ).sorted()
            return variance(intervalMeans(axis, cuts), zip(cuts.dropFirst(), cuts).map(-))
        }
    }

    private func variance(_ means: [Double], _ weights: [Double]) -> Double {
        zip(means, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    }

    /// What a leaf adds to the mean at each place of an axis that it covers.
    private func part(_ leaf: Int, without axis: Int) -> Double {
        shares[leaf].indices.reduce(leaves[leaf].value) { $1 == axis ? $0 : $0 * shares[leaf][$1] }
    }

    private func choiceMeans(_ axis: Int, _ count: Int) -> [Double] {
        var means = [Double](repeating: 0, count: count)
        for leaf in leaves.indices {
            guard case .choices(let open) = leaves[leaf].extents[axis] else { continue }
            let part = part(leaf, without: axis)
            for choice in open.indices where open[choice] { means[choice] += part }
        }
        return means
    }

    /// One mean between each two neighbouring cuts.
    private func intervalMeans(_ axis: Int, _ cuts: [Double]) -> [Double] {
        let places = Dictionary(uniqueKeysWithValues: cuts.enumerated().map { ($1, $0) })
        var steps = [Double](repeating: 0, count: cuts.count)
        for leaf in leaves.indices {
            guard case .interval(let low, let high) = leaves[leaf].extents[axis], let from = places[low],
                let to = places[high]
            else { continue }
            let part = part(leaf, without: axis)
            steps[from] += part
            steps[to] -= part
        }
        var sum = 0.0
        return steps.dropLast().map { step in
            sum += step
            return sum
        }
    }
}
