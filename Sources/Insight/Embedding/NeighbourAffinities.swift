import Tensors

/// ``Affinities`` of many samples: each sees its nearest neighbours only, three times as many as the perplexity, since
/// those further away hardly count.
///
/// As scikit-learn's `TSNE(method='barnes_hut')`, which takes the sum of both directions and makes all of them 1.
struct NeighbourAffinities {
    /// Where each sample's begin in ``others`` and ``joint``, and at the end where all end.
    let starts: [Int]
    /// Which sample is seen, in ascending order of each one that sees.
    let others: [Int]
    /// The probability of the pair.
    let joint: [Float]

    /// How many neighbours a perplexity asks for.
    static func neighbours(perplexity: Double, samples: Int) -> Int {
        min(samples - 1, Int(3 * perplexity + 1))
    }

    /// - Parameters:
    ///   - samples: `[n, features]`.
    ///   - observe: hears how many samples' neighbours are known.
    init(of samples: Matrix, perplexity: Double, observe: (Int) throws -> Void) rethrows {
        let count = Self.neighbours(perplexity: perplexity, samples: samples.rows)
        let nearest = try NearestNeighbours(of: samples, count: count, observe: observe).ofEach
        let conditional = mapInParallel(nearest.count) { row in
            Affinities.conditional(nearest[row].map(\.distance), nil, perplexity: perplexity)
        }
        var seen = nearest.map { _ in [(other: Int, share: Double)]() }
        for (row, neighbours) in nearest.enumerated() {
            for (neighbour, share) in zip(neighbours, conditional[row]) {
                seen[row].append((neighbour.index, share))
                seen[neighbour.index].append((row, share))
            }
        }
        var (starts, others, joint) = ([0], [Int](), [Float]())
        // Each row makes 1, and is counted in both directions.
        let total = 2 * Double(max(nearest.count, 1))
        for pairs in seen {
            for (other, share) in pairs.sorted(by: { $0.other < $1.other }) {
                if others.count > starts[starts.count - 1], others[others.count - 1] == other {
                    joint[joint.count - 1] += Float(share / total)
                } else {
                    others.append(other)
                    joint.append(Float(share / total))
                }
            }
            starts.append(others.count)
        }
        (self.starts, self.others, self.joint) = (starts, others, joint)
    }
}
