extension ConfusionMatrix {
    /// An order of the classes in which those that are taken for each other stand together: the leaves of an
    /// average linkage by how rarely two classes are confused, SciPy's `leaves_list(linkage(…, "average"))`.
    ///
    /// The distance of two classes is 1 less the mean of the shares of each that is taken for the other. Of
    /// pairs as near, the one with the lower numbers comes first.
    public var clusteredOrder: [Int] {
        let shares = normalized(by: .true)
        let distances = shares.indices.map { a in
            shares.indices.map { b in 1 - (shares[a][b] + shares[b][a]) / 2 }
        }
        return averageLinkageOrder(distances)
    }

    /// The matrix with its classes in another order.
    public func reordered(_ order: [Int]) -> ConfusionMatrix {
        ConfusionMatrix(
            classNames: order.map { classNames[$0] },
            counts: order.map { row in order.map { counts[row][$0] } })
    }
}

/// The leaves of an average linkage (UPGMA) from left to right; of two clusters that are joined, the one that
/// was formed first is on the left, as SciPy has it.
private func averageLinkageOrder(_ distances: [[Double]]) -> [Int] {
    var clusters = distances.indices.map { (number: $0, members: [$0]) }
    guard !clusters.isEmpty else { return [] }
    func distance(_ a: [Int], _ b: [Int]) -> Double {
        a.reduce(0) { sum, i in b.reduce(sum) { $0 + distances[i][$1] } } / Double(a.count * b.count)
    }
    var next = clusters.count
    while clusters.count > 1 {
        var nearest = (0, 1, Double.infinity)
        for a in clusters.indices {
            for b in clusters.indices.dropFirst(a + 1) {
                let found = distance(clusters[a].members, clusters[b].members)
                // Means of the same numbers differ by how they are rounded.
                if found < nearest.2 - 1e-12 { nearest = (a, b, found) }
            }
        }
        let (left, right) = (clusters[nearest.0], clusters[nearest.1])
        clusters.remove(at: nearest.1)
        clusters.remove(at: nearest.0)
        clusters.append((next, left.members + right.members))
        next += 1
    }
    return clusters[0].members
}
