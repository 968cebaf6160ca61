import Tensors

/// The classes of the nearest samples: scikit-learn's `KNeighborsClassifier`, by comparing with all of them.
public struct NearestNeighbors: Sendable, Equatable {
    /// How much a neighbour counts.
    public enum Weights: String, Sendable, CaseIterable {
        /// All the same.
        case uniform
        /// The inverse of its distance; where there are some at no distance, only those.
        case distance
    }

    /// How many neighbours are asked.
    public var neighbors: Int
    /// How much each counts.
    public var weights: Weights

    /// A classifier.
    public init(neighbors: Int = 5, weights: Weights = .uniform) {
        self.neighbors = neighbors
        self.weights = weights
    }

    /// The shares of the classes among the neighbours, `[N, K]`.
    /// - Parameters:
    ///   - samples: the samples that are compared with, a row each, with their labels.
    ///   - queries: those that are asked about.
    public func probabilities(
        of queries: Matrix, among samples: Matrix, _ labels: [Int], classes: Int
    ) -> Matrix {
        let squares = Self.squares(samples)
        var shares: [Double] = []
        // As many at a time as keep the table of distances small.
        let block = max(1, (1 << 22) / max(samples.rows, 1))
        for first in stride(from: 0, to: queries.rows, by: block) {
            let part = queries.rows(first..<min(first + block, queries.rows))
            let own = Self.squares(part)
            let products = part.times(samples, otherTransposed: true)
            for row in 0..<part.rows {
                let distances = zip(products.row(row), squares).map { max(0, own[row] + $1 - 2 * $0) }
                shares += self.shares(distances, labels, classes)
            }
        }
        return Matrix(rows: queries.rows, columns: classes, shares)
    }

    private func shares(_ distances: [Double], _ labels: [Int], _ classes: Int) -> [Double] {
        let nearest = nearest(distances)
        var shares = [Double](repeating: 0, count: classes)
        let meetsItself = weights == .distance && nearest.contains { distances[$0] == 0 }
        for index in nearest {
            let weight =
                switch weights {
                case .uniform: 1.0
                case .distance where meetsItself: distances[index] == 0 ? 1.0 : 0
                case .distance: 1 / distances[index].squareRoot()
                }
            shares[labels[index]] += weight
        }
        let sum = shares.reduce(0, +)
        return shares.map { $0 / sum }
    }

    /// The positions of the smallest distances; of equal ones, the first.
    private func nearest(_ distances: [Double]) -> [Int] {
        var found: [Int] = []
        for (index, distance) in distances.enumerated() {
            if found.count == neighbors, distance >= distances[found[found.count - 1]] { continue }
            let place = found.firstIndex { distances[$0] > distance } ?? found.count
            found.insert(index, at: place)
            if found.count > neighbors { found.removeLast() }
        }
        return found
    }

    private static func squares(_ matrix: Matrix) -> [Double] {
        (0..<matrix.rows).map { matrix.row($0).reduce(0) { $0 + $1 * $1 } }
    }
}
