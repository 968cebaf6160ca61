import Experiments
import Tensors
import Wording

private enum MethodName: String, CaseIterable {
    case grid, random, bayes, tpe, gp, sobol
}

extension Field<SearchMethod> {
    /// A name, or a mapping with the name and its settings. `bayes`, which is Weights & Biases' word, is `tpe`.
    static var method: Field {
        section("a method: its name, or a mapping with its name and its settings", orJust: "name") {
            section in
            switch section.decisive("name", as: Field<MethodName>.choice) {
            case .grid, nil: return .grid
            case .random: return .random
            case .sobol: return .sobol(scrambled: section.optional("scramble", as: .flag, default: true))
            case .bayes, .tpe:
                return .tpe(
                    TPESampler.Settings(
                        startupTrials: section.optional(
                            "startup_trials", as: .whole(atLeast: 1), default: 10),
                        candidates: section.optional("candidates", as: .whole(1...100_000), default: 24),
                        multivariate: section.optional("multivariate", as: .flag, default: true)))
            case .gp:
                return .gaussianProcess(
                    GaussianProcessSampler.Settings(
                        startupTrials: section.optional("startup_trials", as: .whole(atLeast: 2), default: 10)
                    ))
            }
        }
    }
}

extension Field<[Metric]> {
    /// A metric, or a list of them.
    static var metrics: Field {
        let metric = Field<Metric>.section(
            "a metric: its name, or a mapping with 'name', 'goal' and 'target'", orJust: "name"
        ) {
            let name = $0.required("name", as: .metricName)
            let goal = $0.optional("goal", as: .choice, default: Metric.usualGoal(of: name))
            let target = $0.optional("target", as: Field<Double>.number(.any))
            return Metric(name: name, goal: goal, target: target)
        }
        let list = list(of: metric, "a list of metrics", atLeast: 1)
        return Field(metric.expected, placeholder: [metric.placeholder()]) { cursor in
            guard cursor.elements != nil else { return metric.read(cursor).map { [$0] } }
            guard let metrics = list.read(cursor) else { return nil }
            guard Set(metrics.map(\.name)).count == metrics.count else {
                cursor.reportContradiction("a metric is listed twice")
                return nil
            }
            return metrics
        }
    }
}

extension Field<String> {
    fileprivate static var metricName: Field {
        let names = Metric.byEpoch + Metric.atTheEnd
        return .choice(of: names)
    }

    /// One of several names.
    static func choice(of names: [String]) -> Field {
        .scalar("one of \(names.joined(separator: ", "))", placeholder: names[0]) { scalar in
            guard !scalar.isNull, scalar.isText else { return .wrongType() }
            if names.contains(scalar.text) { return .value(scalar.text) }
            let nearest = nearestNames(to: scalar.text, among: names).first
            return .outOfRange(hint: nearest.map { "did you mean '\($0)'?" })
        }
    }
}
