import Experiments
import Foundation
import Sweeps

/// A function to be minimized.
struct Function: Sendable {
    let name: String
    let space: SearchSpace
    /// The least value.
    let minimum: Double
    let value: @Sendable ([Double]) -> Double
}

func uniform(_ low: Double, _ high: Double, _ index: Int) -> Parameter {
    Parameter(path: "x\(index)", domain: .numeric(NumericDistribution(base: .uniform(low, high))))
}

func choice(_ count: Int, _ index: Int) -> Parameter {
    let even = Array(repeating: 1 / Double(count), count: count)
    return Parameter(
        path: "x\(index)", domain: .categorical((0..<count).map { .plain($0) }, probabilities: even))
}

/// Dixon and Szegö, 1978.
func branin(_ x: [Double]) -> Double {
    let bend = x[1] - 5.1 / (4 * .pi * .pi) * x[0] * x[0] + 5 / .pi * x[0] - 6
    return bend * bend + 10 * (1 - 1 / (8 * .pi)) * cos(x[0]) + 10
}

/// The same source, in six dimensions.
func hartmann(_ x: [Double]) -> Double {
    let weights = [1.0, 1.2, 3.0, 3.2]
    let widths: [[Double]] = [
        [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ]
    let centres: [[Double]] = [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ]
    return -weights.indices.reduce(0.0) { sum, row in
        let distance = x.indices.reduce(0.0) { $0 + widths[row][$1] * pow(x[$1] - centres[row][$1], 2) }
        return sum + weights[row] * exp(-distance)
    }
}

/// Like the settings of a training: a rate on a logarithmic scale, two choices, a whole number, a share.
func mixed(_ x: [Double]) -> Double {
    let rate = [-2.0, -1.5, -3.0][Int(x[1])]
    let scale = [1.0, 0.6, 1.4, 0.9][Int(x[2])]
    let offset = [0.3, 0.0, 0.15][Int(x[1])] + [0.2, 0.05, 0.0, 0.4][Int(x[2])]
    return offset + scale * pow(log10(x[0]) - rate, 2) + pow((x[3] - 5) / 8, 2) + pow(x[4] - 0.2 * x[1], 2)
}

/// Rosenbrock, 1960: a curved valley.
func rosenbrock(_ x: [Double]) -> Double {
    zip(x, x.dropFirst()).reduce(0.0) { $0 + 100 * pow($1.1 - $1.0 * $1.0, 2) + pow(1 - $1.0, 2) }
}

/// Ackley, 1987: a funnel with many dents.
func ackley(_ x: [Double]) -> Double {
    let count = Double(x.count)
    let square = x.reduce(0) { $0 + $1 * $1 } / count
    let wave = x.reduce(0) { $0 + cos(2 * .pi * $1) } / count
    return 20 - 20 * exp(-0.2 * square.squareRoot()) + exp(1) - exp(wave)
}

/// Levy and Montalvo, 1985: a bowl with many dents.
func levy(_ x: [Double]) -> Double {
    let w = x.map { 1 + ($0 - 1) / 4 }
    let last = w[w.count - 1]
    let bowl = w.dropLast().reduce(0.0) { $0 + pow($1 - 1, 2) * (1 + 10 * pow(sin(.pi * $1 + 1), 2)) }
    return pow(sin(.pi * w[0]), 2) + bowl + pow(last - 1, 2) * (1 + pow(sin(2 * .pi * last), 2))
}

let rate = NumericDistribution(base: .uniform(log(1e-5), log(1)), scale: .logarithmic)
let functions = [
    Function(
        name: "branin", space: SearchSpace([uniform(-5, 10, 0), uniform(0, 15, 1)]),
        minimum: 0.39788735772973816,
        value: branin),
    Function(
        name: "hartmann6", space: SearchSpace((0..<6).map { uniform(0, 1, $0) }),
        minimum: -3.3223680114155147,
        value: hartmann),
    Function(
        name: "mixed",
        space: SearchSpace([
            Parameter(path: "x0", domain: .numeric(rate)), choice(3, 1), choice(4, 2),
            Parameter(path: "x3", domain: .numeric(.integers(1, 16))), uniform(0, 1, 4),
        ]), minimum: 0, value: mixed),
    Function(
        name: "rosenbrock4", space: SearchSpace((0..<4).map { uniform(-5, 10, $0) }), minimum: 0,
        value: rosenbrock),
    Function(
        name: "ackley4", space: SearchSpace((0..<4).map { uniform(-32.768, 32.768, $0) }), minimum: 0,
        value: ackley),
    Function(
        name: "levy4", space: SearchSpace((0..<4).map { uniform(-10, 10, $0) }), minimum: 0, value: levy),
]
