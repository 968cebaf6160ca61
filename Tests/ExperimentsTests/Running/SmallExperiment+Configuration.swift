import Experiments
import Foundation
import TestSupport

extension SmallExperiment {
    /// The experiment's configuration, changed.
    func configured(_ overrides: String...) throws -> ExperimentConfiguration {
        try .parse(yaml, overrides: overrides)
    }

    /// The experiment with its configuration changed, ready to run.
    func prepared(_ overrides: String...) throws -> Experiment {
        try Experiment(try .parse(yaml, overrides: overrides))
    }

    /// What is wrong with the experiment when its configuration is changed so.
    func problem(_ overrides: String...) throws -> String {
        do {
            _ = try Experiment(try .parse(yaml, overrides: overrides))
            return "nothing"
        } catch { return "\(error)" }
    }
}
