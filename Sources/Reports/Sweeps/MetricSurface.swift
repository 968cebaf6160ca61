import Foundation

/// The first metric over two numbers: at every place of a grid a mean of the trials, weighted by how near they are
/// (Nadaraya and Watson, 1964).
public struct MetricSurface {
    /// One of the two numbers.
    struct Axis {
        var name: String
        var parameter: SweepHistory.Parameter
        var scale: ParameterScale
    }

    /// A trial, at its place on the axes.
    struct Point {
        var number: Int
        var x: Double
        var y: Double
        var value: Double
        var isBest: Bool
    }

    /// The middle of a cell of the grid, in the axes' own numbers, with the metric there.
    struct Cell {
        var x: Double
        var y: Double
        var value: Double
    }

    let metric: String
    let x: Axis
    let y: Axis
    let points: [Point]

    /// How many cells the grid has along each side.
    static let side = 40
    /// The width of the weights, as a share of an axis.
    private static let width = 0.08

    /// The surface over the two most important numbers; nil where there are no two numbers, or too few trials.
    /// - Parameter importance: the parameters' names, the most important first.
    public init?(_ history: SweepHistory, importance: [String]) {
        let numeric = history.parameters.indices.filter { history.parameters[$0].choices.isEmpty }
        let rank = { (index: Int) in importance.firstIndex(of: history.parameters[index].name) ?? .max }
        let chosen = numeric.sorted { (rank($0), $0) < (rank($1), $1) }.prefix(2)
        let best = history.best?.number
        let known = history.finished.compactMap { trial, value -> (Int, Double, Double, Double)? in
            guard chosen.count == 2, let x = trial.settings[chosen[0]], let y = trial.settings[chosen[1]]
            else {
                return nil
            }
            return (trial.number, x, y, value)
        }
        guard known.count >= 4 else { return nil }
        func axis(_ index: Int, _ numbers: [Double]) -> Axis {
            let parameter = history.parameters[index]
            return Axis(name: parameter.name, parameter: parameter, scale: ParameterScale(parameter, numbers))
        }
        let axes = (axis(chosen[0], known.map(\.1)), axis(chosen[1], known.map(\.2)))
        metric = history.metrics[0].name
        (x, y) = axes
        points = known.map { number, x, y, value in
            Point(
                number: number, x: axes.0.scale(x), y: axes.1.scale(y), value: value, isBest: number == best)
        }
    }

    /// The grid, row by row from the lowest.
    var cells: [Cell] {
        func middles(_ domain: ClosedRange<Double>) -> [Double] {
            (0..<Self.side).map {
                domain.lowerBound + (Double($0) + 0.5) / Double(Self.side)
                    * (domain.upperBound - domain.lowerBound)
            }
        }
        return middles(y.scale.domain).flatMap { row in
            middles(x.scale.domain).map { Cell(x: $0, y: row, value: value($0, row)) }
        }
    }

    private func value(_ column: Double, _ row: Double) -> Double {
        let (width, height) = (x.scale.domain.length, y.scale.domain.length)
        var (sum, total) = (0.0, 1e-300)
        for point in points {
            let (dx, dy) = ((point.x - column) / width, (point.y - row) / height)
            let square = dx * dx + dy * dy
            // Far from all trials, the nearest decide.
            let weight = exp(-square / (2 * Self.width * Self.width)) + 1e-9 / (square * square + 1e-6)
            sum += weight * point.value
            total += weight
        }
        return sum / total
    }
}

extension ClosedRange<Double> {
    fileprivate var length: Double { upperBound - lowerBound }
}
