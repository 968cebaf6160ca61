import Evaluation
import Experiments
import Foundation
import TestSupport
import Training

/// A small experiment that is run with and without a feature cache.
struct ReusedRun {
    /// What came of a run, and what was told of its features.
    struct Result {
        var outcome: ExperimentRunner.Outcome
        var events: [FeatureEvent]
        var use: FeatureUse { outcome.features }
    }

    let small: SmallExperiment
    var overrides: [String]
    var store: FeatureStore { FeatureStore(folder: small.folder.appending(path: "features")) }

    init(_ small: SmallExperiment, _ overrides: String...) {
        self.small = small
        self.overrides = overrides
    }

    /// Runs the experiment.
    func run(
        _ store: FeatureStore? = nil, policy: FeatureReuse.Policy = .automatic, set further: String...
    ) throws -> Result {
        let experiment = try Experiment(.parse(small.yaml, overrides: overrides + further))
        var events: [FeatureEvent] = []
        let runner = ExperimentRunner(experiment, reusing: FeatureReuse(store, policy: policy)) { event in
            if case .training(.features(let event), _) = event { events.append(event) }
        }
        return Result(outcome: try runner.run(), events: events)
    }
}

extension ExperimentRunner.Outcome {
    /// Whether every number is the same, to the last bit.
    func equals(_ other: ExperimentRunner.Outcome) -> Bool {
        parameters == other.parameters && judgement == other.judgement
            && history.map(\.loss) == other.history.map(\.loss)
            && history.map(\.validationLoss) == other.history.map(\.validationLoss)
            && history.map(\.accuracy) == other.history.map(\.accuracy)
    }
}
