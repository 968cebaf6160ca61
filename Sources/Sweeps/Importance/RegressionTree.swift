import Tensors

/// What a parameter of a space is to a regression tree: a coordinate of `[0, 1]`, or one of several choices.
enum ImportanceAxis: Equatable {
    /// A number, by its coordinate.
    case coordinate
    /// Choices, each with its share of the space.
    case choices([Double])
}

/// A regression tree (Breiman et al., "Classification and Regression Trees", 1984) that is grown whole and kept as its
/// leaves: boxes that fill the space, each with the mean of the trials within.
struct RegressionTree {
    /// What a box covers of one axis.
    enum Extent {
        case interval(Double, Double)
        case choices([Bool])
    }

    /// A box with its value.
    struct Leaf {
        var extents: [Extent]
        var value: Double
    }

    /// A question about one axis.
    private enum Split {
        case below(Double)
        case isChoice(Int)

        func holds(_ number: Double) -> Bool {
            switch self {
            case .below(let threshold): number < threshold
            case .isChoice(let choice): Int(number) == choice
            }
        }
    }

    /// The boxes.
    private(set) var leaves: [Leaf] = []
    private let points: [[Double]]
    private let values: [Double]
    private static let greatestDepth = 64

    /// Grows a tree on some of the points.
    /// - Parameters:
    ///   - sample: which points, each as often as it counts.
    ///   - points: for each value a number for each axis: a coordinate, or the index of a choice.
    init(_ sample: [Int], _ points: [[Double]], _ values: [Double], axes: [ImportanceAxis]) {
        self.points = points
        self.values = values
        let whole = axes.map { axis -> Extent in
            switch axis {
            case .coordinate: .interval(0, 1)
            case .choices(let shares): .choices(shares.map { _ in true })
            }
        }
        grow(sample, in: whole, depth: 0)
    }

    private mutating func grow(_ sample: [Int], in box: [Extent], depth: Int) {
        guard depth < Self.greatestDepth, let (axis, split) = bestSplit(sample, in: box) else {
            let sum = sample.reduce(0) { $0 + values[$1] }
            leaves.append(Leaf(extents: box, value: sum / Double(max(sample.count, 1))))
            return
        }
        for side in [true, false] {
            var part = box
            part[axis] = Self.part(box[axis], split, side)
            grow(sample.filter { split.holds(points[$0][axis]) == side }, in: part, depth: depth + 1)
        }
    }

    private static func part(_ extent: Extent, _ split: Split, _ side: Bool) -> Extent {
        switch (extent, split) {
        case (.interval(let low, _), .below(let threshold)) where side: return .interval(low, threshold)
        case (.interval(_, let high), .below(let threshold)): return .interval(threshold, high)
        case (.choices(let open), .isChoice(let choice)):
            return .choices(open.indices.map { open[$0] && ($0 == choice) == side })
        default: return extent
        }
    }

    /// The split that takes most of the square error away; nil where none takes any.
    private func bestSplit(_ sample: [Int], in box: [Extent]) -> (axis: Int, split: Split)? {
        guard sample.count >= 2 else { return nil }
        let total = sample.reduce(0) { $0 + values[$1] }
        var best: (gain: Double, axis: Int, split: Split)?
        func consider(_ axis: Int, _ split: Split, sum: Double, count: Int) {
            let (low, high) = (Double(count), Double(sample.count - count))
            guard low > 0, high > 0 else { return }
            let gain = sum * sum / low + (total - sum) * (total - sum) / high - total * total / (low + high)
            if gain > (best?.gain ?? 1e-12 * (1 + total * total)) { best = (gain, axis, split) }
        }
        for axis in box.indices {
            switch box[axis] {
            case .choices(let open):
                for choice in open.indices where open[choice] {
                    let chosen = sample.filter { Int(points[$0][axis]) == choice }
                    consider(
                        axis, .isChoice(choice), sum: chosen.reduce(0) { $0 + values[$1] },
                        count: chosen.count)
                }
            case .interval:
                let sorted = sample.sorted { (points[$0][axis], $0) < (points[$1][axis], $1) }
                var sum = 0.0
                for position in 1..<sorted.count {
                    sum += values[sorted[position - 1]]
                    let (left, right) = (points[sorted[position - 1]][axis], points[sorted[position]][axis])
                    if left < right { consider(axis, .below((left + right) / 2), sum: sum, count: position) }
                }
            }
        }
        return best.map { ($0.axis, $0.split) }
    }
}
