import Experiments
import Foundation
import Sweeps

// Searches the minima of standard functions, and prints what each search came to:
//
//   swift run -c release SweepRegret [SEEDS] [SAMPLER…] > /tmp/regret.csv
//
// The seeds begin at 1000: others served to choose the samplers' settings. `Tests/Fixtures/sweeps/regret.py` does the same with Optuna, and compares.

func sampler(_ name: String, seed: UInt64) -> any Sampler {
    switch name {
    case "random": RandomSampler(seed: seed)
    case "sobol": SobolSampler(seed: seed)
    case "gp": GaussianProcessSampler(seed: seed)
    case "tpe-independent": TPESampler(seed: seed, .init(multivariate: false))
    default: TPESampler(seed: seed)
    }
}

let words = CommandLine.arguments.dropFirst()
let seeds = words.compactMap { Int($0) }.first ?? 30
let given = words.filter { Int($0) == nil }
let names = given.isEmpty ? ["tpe", "gp", "random"] : Array(given)
print("function,sampler,seed,regret")
for function in functions {
    for name in names {
        for seed in 1000..<1000 + seeds {
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
