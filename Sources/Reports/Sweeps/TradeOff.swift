/// The first two metrics of all finished trials, and the front of those that nothing beats in both.
public struct TradeOff {
    /// A finished trial.
    struct Point {
        var number: Int
        var x: Double
        var y: Double
        var isOnFront = false
    }

    /// The two metrics' names.
    let names: [String]
    let points: [Point]

    /// The trade-off; nil where there is one metric alone, or no trial that has both.
    public init?(_ history: SweepHistory) {
        guard history.metrics.count > 1 else { return nil }
        names = history.metrics.prefix(2).map(\.name)
        let all = history.finished.compactMap { trial, value in
            trial.values[1].flatMap { $0.isFinite ? Point(number: trial.number, x: value, y: $0) : nil }
        }
        guard !all.isEmpty else { return nil }
        points = all.map { point in
            var point = point
            point.isOnFront = !all.contains { other in
                let isWorse =
                    history.isBetter(point.x, other.x) || history.isBetter(point.y, other.y, metric: 1)
                return !isWorse && (other.x != point.x || other.y != point.y)
            }
            return point
        }
    }

    /// Those on the front, by the first metric.
    var front: [Point] { points.filter(\.isOnFront).sorted { $0.x < $1.x } }
}
