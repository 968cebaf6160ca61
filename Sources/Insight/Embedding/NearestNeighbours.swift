import Tensors

/// The nearest others of each sample, found without approximation.
struct NearestNeighbours {
    /// One of them.
    struct Neighbour {
        let index: Int
        /// The squared Euclidean distance.
        let distance: Double
    }

    /// Of each sample, from the nearest on; of those as near as one another, the first of the samples.
    let ofEach: [[Neighbour]]

    /// - Parameters:
    ///   - samples: `[n, features]`.
    ///   - count: how many of each; less than n.
    ///   - observe: hears how many samples are done.
    init(of samples: Matrix, count: Int, observe: (Int) throws -> Void) rethrows {
        var all: [[Neighbour]] = []
        all.reserveCapacity(samples.rows)
        try SquaredDistances(samples).forEachBlock { range, distances in
            all += mapInParallel(range.count) { row in
                Self.nearest(count, to: range.lowerBound + row, distances.row(row))
            }
            try observe(range.upperBound)
        }
        ofEach = all
    }

    private static func nearest(_ count: Int, to own: Int, _ distances: ArraySlice<Double>) -> [Neighbour] {
        var nearest: [Neighbour] = []
        nearest.reserveCapacity(count + 1)
        for (index, distance) in distances.enumerated() where index != own {
            if nearest.count == count {
                guard let last = nearest.last, distance < last.distance else { continue }
                nearest.removeLast()
            }
            var (low, high) = (0, nearest.count)
            while low < high {
                let middle = (low + high) / 2
                if nearest[middle].distance <= distance { low = middle + 1 } else { high = middle }
            }
            nearest.insert(Neighbour(index: index, distance: distance), at: low)
        }
        return nearest
    }
}
