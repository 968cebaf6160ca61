import Tensors

/// How far a map can be trusted: 1 where the neighbours of every point on the map are neighbours among the samples.
///
/// Venna and Kaski, "Neighborhood preservation in nonlinear projection methods", 2001; scikit-learn's
/// `trustworthiness`.
/// - Parameters:
///   - points: the map, `[n, 2]`.
///   - samples: what was mapped, `[n, features]`.
///   - neighbours: how many of each point are looked at; less than half of n.
public func trustworthiness(of points: Matrix, for samples: Matrix, neighbours: Int = 5) -> Double {
    let (n, k) = (samples.rows, neighbours)
    precondition(points.rows == n && 2 * k < n, "\(k) neighbours among \(n)")
    let among = Affinities.squaredDistances(samples)
    let onMap = Affinities.squaredDistances(points)
    let penalties = mapInParallel(n) { sample in
        var ranks = [Int](repeating: 0, count: n)
        for (rank, other) in order(among.row(sample), without: sample).enumerated() {
            ranks[other] = rank + 1
        }
        return order(onMap.row(sample), without: sample).prefix(k).reduce(0) { $0 + max(ranks[$1] - k, 0) }
    }
    return 1 - Double(penalties.reduce(0, +)) * 2 / Double(n * k * (2 * n - 3 * k - 1))
}

/// The positions of the others, from the closest to the furthest.
private func order(_ distances: ArraySlice<Double>, without own: Int) -> [Int] {
    let first = distances.startIndex
    return (0..<distances.count).filter { $0 != own }
        .sorted { (distances[first + $0], $0) < (distances[first + $1], $1) }
}
