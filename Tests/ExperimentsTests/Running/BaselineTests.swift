import Experiments
import Foundation
import TestSupport
import Testing
import Training

@Suite struct BaselineTests {
    @Test func `All closed-form heads tell the small experiment's classes, from features that are kept`()
        throws
    {
        try SmallExperiment.with { small in
            let experiment = try Experiment(
                .parse(small.yaml, overrides: ["data.augmentation={rotation: 30}"]))
            let store = FeatureStore(folder: small.folder.appending(path: "features"))
            let first = try Baseline(experiment, reusing: FeatureReuse(store))
            #expect(Set(first.rows.map(\.solver.name)) == ["logistic_regression", "ridge", "lda", "knn"])
            #expect(first.rows.allSatisfy { $0.results.accuracy > 0.8 && $0.validationAccuracy != nil })
            #expect(first.best != nil && first.failures.isEmpty)
            // Augmentation is left out, so that features are those of the pictures as they are.
            #expect(first.features.computed == 27 + 9 + 18)
            let second = try Baseline(experiment, reusing: FeatureReuse(store))
            #expect(second.features.computed == 0)
            #expect(second.rows.map(\.results) == first.rows.map(\.results))
            #expect(second.rows.map(\.solver) == first.rows.map(\.solver))
        }
    }

    @Test func `Kinds that cannot be worked out are left out, with the reason`() throws {
        try SmallExperiment.with { small in
            let experiment = try Experiment(.parse(small.yaml, overrides: []))
            let lda = HeadSolver.lda(.init(solver: .lsqr))
            let baseline = try Baseline(
                experiment, reusing: FeatureReuse(), candidates: [[lda], [.ridge(.init())]])
            #expect(baseline.rows.map(\.solver.name) == ["ridge"])
            #expect(baseline.failures.count == 1 && baseline.failures[0].contains("shrinkage"))
        }
    }

    @Test func `No more neighbours are asked than there are pictures`() throws {
        try SmallExperiment.with { small in
            let experiment = try Experiment(.parse(small.yaml, overrides: ["data.limit_per_class=2"]))
            let baseline = try Baseline(experiment, reusing: FeatureReuse())
            guard case .knn(let solver)? = baseline.rows.last?.solver else {
                Issue.record("no neighbours were asked")
                return
            }
            #expect(solver.neighbors <= 6)
        }
    }
}
