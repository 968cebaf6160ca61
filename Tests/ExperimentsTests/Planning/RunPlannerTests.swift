import Foundation
import Layers
import TestSupport
import Testing
import Training

@testable import Experiments

@Suite struct RunPlannerTests {
    private static let gradual = [
        "training.stages.1.freeze=none", "training.stages.1.unfreeze_gradually=2",
        "training.stages.1.epochs=5", "training.stages.1.batch_size=4",
        "training.stages.1.learning_rate={from: 0.001, to: 0.1}",
        "training.stages.1.batch_normalization={frozen: update_statistics}",
    ]

    @Test func `A plan says what each phase trains, how fast, and what normalizations do`() throws {
        try SmallExperiment.with { small in
            let experiment = try Experiment(.parse(small.yaml, overrides: Self.gradual))
            let plan = try RunPlanner(experiment, isTimed: false).plan()
            #expect(plan.groups.map(\.name) == ["conv1", "block_1", "block_2", "head"])
            #expect(plan.groups.reduce(0) { $0 + $1.parameters } == experiment.network.parameterCount)
            #expect(plan.groups.reduce(0) { $0 + $1.layers } == experiment.network.nodes.count - 1)
            #expect(plan.phases.map(\.name) == ["head", "last_block", "last_block", "last_block"])
            #expect(plan.phases.map(\.firstEpoch) == [1, 1, 3, 5])
            #expect(plan.phases.map(\.lastEpoch) == [3, 2, 4, 5])
            #expect(plan.phases.map(\.stepsPerEpoch) == [4, 7, 7, 7])
            #expect(plan.phases[0].groups.map(\.learningRate) == [nil, nil, nil, 0.1])
            let rates = plan.phases[2].groups.map(\.learningRate)
            #expect(rates[..<2] == [nil, nil])
            #expect(abs(try #require(rates[2]) - 0.1 / pow(100, 1 / 3.0)) < 1e-9)
            #expect(rates[3] == 0.1)
            #expect(
                plan.phases[2].groups.map(\.batchNormalization)
                    == [["update_statistics"], ["update_statistics"], ["train"], []])
            for phase in plan.phases {
                #expect(
                    phase.trainableParameters == phase.groups.reduce(0) { $0 + $1.trainableParameters })
                #expect(phase.memory.optimizer == 8 * phase.trainableParameters)
                #expect(phase.memory.parameters == 4 * experiment.network.parameterCount)
            }
            #expect(plan.peakMemory == plan.phases.map(\.memory.total).max())
            #expect(plan.seconds == nil)
        }
    }

    @Test func `A plan of what is trained is what the training does`() throws {
        try SmallExperiment.with { small in
            let experiment = try Experiment(.parse(small.yaml, overrides: Self.gradual))
            let plan = try RunPlanner(experiment, isTimed: false).plan()
            var counts: [Int] = []
            _ = try ExperimentRunner(experiment) { event in
                switch event {
                case .training(.stageBegan(_, let count), _), .training(.layersUnfrozen(_, let count), _):
                    counts.append(count)
                default: break
                }
            }.run()
            #expect(plan.phases.map(\.trainableParameters) == counts)
        }
    }

    @Test func `A plan with a baseline has its stages too, and is timed where that is wanted`() throws {
        try SmallExperiment.with { small in
            let experiment = try small.prepared("training.baseline=from_scratch")
            let plan = try RunPlanner(experiment).plan()
            #expect(plan.phases.map(\.variant) == [.fineTuned, .fineTuned, .fromScratch, .fromScratch])
            #expect(plan.phases[2].groups.allSatisfy { $0.trainableParameters > 0 })
            let seconds = try plan.phases.map { try #require($0.seconds) }
            #expect(seconds.allSatisfy { $0 > 0 })
            #expect(
                abs(try #require(plan.seconds) - seconds.reduce(try #require(plan.testSeconds), +)) < 1e-9)
        }
    }
}
