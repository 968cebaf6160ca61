import Experiments
import Foundation
import Sweeps

// Searches the minima of standard functions, and prints what each search came to:
//
//   swift run -c release SweepRegret [SAMPLER…] > regret.csv
//
// `Tests/Fixtures/sweeps/regret.py` does the same with Optuna, and compares.

/// A function to be minimized.
struct Function {
    let name: String
    let space: SearchSpace
    /// The least value.
    let minimum: Double
    let value: ([Double]) -> Double
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
]

func sampler(_ name: String, seed: UInt64) -> any Sampler {
    switch name {
    case "random": RandomSampler(seed: seed)
    case "sobol": SobolSampler(seed: seed)
    case "gp": GaussianProcessSampler(seed: seed)
    case "tpe-independent": TPESampler(seed: seed, .init(multivariate: false))
    default: TPESampler(seed: seed)
    }
}

let names =
    CommandLine.arguments.count > 1 ? Array(CommandLine.arguments.dropFirst()) : ["tpe", "gp", "random"]
print("function,sampler,seed,regret")
for function in functions {
    for name in names {
        for seed in 0..<30 {
            let sampler = sampler(name, seed: UInt64(seed))
            var history: [Observation] = []
            for number in 0..<100 {
                guard let trial = try sampler.assignment(number, in: function.space, after: history) else {
                    break
                }
                let value = function.value(function.space.parameters.map { trial[$0.path] ?? 0 })
                history.append(Observation(trial, values: [value]))
            }
            let regret = (history.map { $0.values[0] }.min() ?? .infinity) - function.minimum
            print("\(function.name),\(name),\(seed),\(regret)")
        }
    }
}
