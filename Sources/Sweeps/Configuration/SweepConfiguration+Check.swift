import Datasets
import Experiments

extension SweepConfiguration {
    /// Makes an experiment with each value that the sweep names, and with the least and the greatest number of each
    /// parameter, so that a mistake shows now, and not in the hundredth trial.
    /// - Throws: ``ConfigurationError``; everything that is wrong, at once.
    func checkAgainstExperiment() throws(ConfigurationError) {
        let plain = RandomSampler(seed: seed)
        var errors: [ConfigurationError] = []
        for parameter in space.parameters {
            for (index, number) in parameter.extremes.enumerated() {
                let trial = trial(with: parameter, at: number, otherwise: plain.draw(index, in: space))
                do throws(ConfigurationError) { _ = try experiment(with: trial) } catch {
                    switch error {
                    case .several(let found): errors += found.map { hinted($0, parameter) }
                    default: errors.append(hinted(error, parameter))
                    }
                }
            }
        }
        // A mistake in the experiment itself shows in every one of them.
        var different: [ConfigurationError] = []
        for error in errors where !different.contains(error) { different.append(error) }
        guard different.count != 1 else { throw different[0] }
        guard different.isEmpty else { throw .several(different) }
    }

    /// An error that says, where a parameter is called by its last key alone, what its whole path may be.
    private func hinted(_ error: ConfigurationError, _ parameter: Parameter) -> ConfigurationError {
        guard case .unknownKey(let place, parameter.path, let nearest, let known) = error, nearest.isEmpty,
            let whole = try? ExperimentConfiguration.read(experiment), let text = try? whole.yaml(),
            let document = try? YAMLComposer.compose(Array(text.utf8), place: { _, _ in .written })
        else { return error }
        let paths = document.paths.filter { $0.hasSuffix(".\(parameter.path)") }
        return .unknownKey(at: place, path: parameter.path, nearest: Array(paths.prefix(3)), known: known)
    }

    /// An assignment in which a parameter has a number, and those that it depends on have what that needs.
    private func trial(
        with parameter: Parameter, at number: Double, otherwise assignment: Assignment
    ) -> Assignment {
        var forced = [parameter.path: number]
        var condition = parameter.condition
        while let needed = condition {
            forced[needed.path] = needed.numbers.first ?? 0
            condition = space[needed.path]?.condition
        }
        return space.active(
            space.parameters.map { forced[$0.path] ?? assignment[$0.path] ?? $0.number(at: 0.5) })
    }
}

extension SweepConfiguration {
    /// Sees whether there are pictures that each metric can be worked out from.
    /// - Throws: `ExperimentError.nothingToMonitor`
    public func check(_ dataset: Dataset) throws(ExperimentError) {
        guard dataset.indices(in: .validation).isEmpty else { return }
        if let metric = metrics.first(where: { $0.name.hasPrefix("val_") }) {
            throw .nothingToMonitor("the sweep", monitor: metric.name)
        }
    }
}

extension YAMLNode {
    /// The dotted paths of everything in it.
    fileprivate var paths: [String] {
        let parts =
            entries.map { $0.map { ($0.key, $0.value) } }
            ?? elements.map { $0.enumerated().map { ("\($0)", $1) } } ?? []
        return parts.flatMap { key, value in [key] + value.paths.map { "\(key).\($0)" } }
    }
}

extension Parameter {
    /// The numbers that an experiment is most likely not to take.
    fileprivate var extremes: [Double] {
        switch domain {
        case .categorical(let values, let probabilities):
            return values.indices.filter { probabilities[$0] > 0 }.map(Double.init)
        case .numeric(let distribution):
            // A normal distribution has no ends; three deviations are not rare in a long sweep.
            if case .normal = distribution.base { return [0.00135, 0.99865].map(distribution.number(at:)) }
            return [0, 1].map(distribution.number(at:))
        }
    }
}
