import Datasets
import Evaluation
import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite struct LoopStateTests {
    private static func loaders(_ folder: URL) throws -> (training: BatchLoader, validation: BatchLoader) {
        let experiment = SmallExperiment(folder: folder)
        try experiment.writePictures("train", count: 17, side: 8, classes: 2)
        try experiment.writePictures("t10k", count: 10, side: 8, classes: 2)
        let dataset = try Dataset.idx(
            experiment.pictures.path(percentEncoded: false), classNames: ["dark", "grey"])
        func loader(_ split: Split) throws -> BatchLoader {
            try BatchLoader(
                dataset, indices: dataset.indices(in: split), batchSize: 8, input: [8, 8, 1],
                scaling: .unit, shuffles: split == .train, seed: 1, threads: 1)
        }
        return (try loader(.train), try loader(.test))
    }

    private static func trainer() throws -> Trainer {
        let network = try TrainerTests.network()
        return try Trainer(network, network.initialParameters(seed: 1), seed: 1)
    }

    /// A stage that begins with the head, to which the block joins after an epoch.
    private static func stage(_ optimizer: OptimizerSettings) -> TrainingStage {
        var stage = TrainingStage(
            name: "stage", layers: ["conv", "bn", "predictions"], epochs: 4, optimizer: optimizer,
            schedule: .init(base: 0.02, shape: .cosine(end: 0.1), warmupEpochs: 0.5),
            earlyStopping: EarlyStopping(patience: 3))
        stage.unfreezing = GradualUnfreezing(every: 1)
        stage.batchNormalization = BatchNormalizationPolicy(frozen: .updateStatistics)
        stage.learningRateFactors = ["block1": 0.5]
        return stage
    }

    @Test(arguments: [
        OptimizerSettings.sgd(), .sgd(momentum: 0.9, nesterov: true), .adam(), .rmsprop(momentum: 0.5),
        .rmsprop(),
    ])
    func `A loop resumed from any of its states ends as the loop itself`(optimizer: OptimizerSettings) throws
    {
        try Fixtures.withTemporaryFolder { folder in
            let (training, validation) = try Self.loaders(folder)
            var states: [LoopState] = []
            var (whole, counts) = (TrainingLoop(try Self.trainer()), [Int]())
            try whole.run(
                Self.stage(optimizer), training: training, validation: validation,
                checkpointing: Checkpointing(every: .zero) { states.append($0) },
                observe: { event in
                    switch event {
                    case .stageBegan(_, let count), .layersUnfrozen(_, let count): counts.append(count)
                    default: break
                    }
                })
            #expect(counts == [34, 210])
            // Three steps an epoch, and its end.
            #expect(states.count == 4 * whole.history.count)
            for (index, state) in states.enumerated() {
                var loop = TrainingLoop(try Self.trainer(), resuming: state)
                try loop.run(
                    Self.stage(optimizer), training: training, validation: validation, observe: { _ in })
                #expect(loop.trainer.parameters == whole.trainer.parameters, "state \(index)")
                #expect(loop.keptEpoch == whole.keptEpoch)
                #expect(loop.history.map(\.loss) == whole.history.map(\.loss))
                #expect(loop.history.map(\.learningRate) == whole.history.map(\.learningRate))
                #expect(loop.history.map(\.validationLoss) == whole.history.map(\.validationLoss))
            }
        }
    }

    @Test func `A cancelled loop saves where it is; one that fails does not`() throws {
        struct Failure: Error {}
        try Fixtures.withTemporaryFolder { folder in
            let (training, validation) = try Self.loaders(folder)
            for (error, saves) in [(CancellationError() as any Error, 1), (Failure(), 0)] {
                var states: [LoopState] = []
                var loop = TrainingLoop(try Self.trainer())
                #expect(throws: (any Error).self) {
                    try loop.run(
                        Self.stage(.adam()), training: training, validation: validation,
                        checkpointing: Checkpointing(every: .seconds(1000)) { states.append($0) }
                    ) { if case .stepEnded(let progress) = $0, progress.done == 16 { throw error } }
                }
                #expect(states.map(\.stage.epoch.steps) == Array(repeating: 2, count: saves))
            }
        }
    }

    @Test func `An optimizer's memory of other shapes, or another optimizer's, is refused`() throws {
        var trainer = try Self.trainer()
        let stage = Self.stage(.adam())
        try trainer.beginStage(
            "stage", training: stage.layers, optimizer: .adam(), regularization: Regularization())
        let key = ParameterKey("predictions", "bias")
        var state = trainer.state
        state.optimizer.slots = [key: [Tensor(zeros: [2])]]
        #expect(
            throws: TrainingError.optimizerState(
                array: "predictions/bias", expected: [[2], [2]], found: [[2]])
        ) { try trainer.resume(state) }
        state.optimizer.slots = [ParameterKey("x", "y"): [Tensor(zeros: [2])]]
        #expect(throws: TrainingError.optimizerState(array: "x/y", expected: [], found: [[2]])) {
            try trainer.resume(state)
        }
    }

    @Test func `An epoch can begin in its middle`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let (training, _) = try Self.loaders(folder)
            func samples(from first: Int) throws -> [[Int]] {
                var samples: [[Int]] = []
                let batches = training.batches(epoch: 2, from: first)
                while let batch = try batches.next() { samples.append(batch.sampleIndices) }
                return samples
            }
            let all = try samples(from: 0)
            #expect(all.count == 3)
            for first in 0...3 { #expect(try samples(from: first) == Array(all.dropFirst(first))) }
        }
    }
}
