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
    let onMap = NearestNeighbours(of: points, count: k) { _ in }.ofEach
    var penalty = 0
    SquaredDistances(samples).forEachBlock { range, distances in
        penalty += mapInParallel(range.count) { row in
            let sample = range.lowerBound + row
            return onMap[sample].reduce(0) { sum, neighbour in
                sum + max(rank(of: neighbour.index, by: distances.row(row), from: sample) - k, 0)
            }
        }.reduce(0, +)
    }
    return 1 - Double(penalty) * 2 / Double(n * k * (2 * n - 3 * k - 1))
}

/// Which of the nearest another sample is, counted from 1; of those as near as one another, the first comes first.
private func rank(of other: Int, by distances: ArraySlice<Double>, from own: Int) -> Int {
    let (first, distance) = (distances.startIndex, distances[distances.startIndex + other])
    var before = 0
    for index in distances.indices where distances[index] <= distance {
        let place = index - first
        if place != own, distances[index] < distance || place < other { before += 1 }
    }
    return before + 1
}
