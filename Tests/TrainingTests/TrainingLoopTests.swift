import Datasets
import Evaluation
import Foundation
import Layers
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite struct TrainingLoopTests {
    /// A loop over the small pictures, which the network of ``TrainerTests`` sees in its own size.
    private struct Setting {
        var loop: TrainingLoop
        let training: BatchLoader
        let validation: BatchLoader

        init(_ experiment: SmallExperiment, batchSize: Int) throws {
            let dataset = try Dataset.idx(
                experiment.pictures.path(percentEncoded: false), classNames: ["dark", "grey"])
            func loader(_ split: Split) throws -> BatchLoader {
                try BatchLoader(
                    dataset, indices: dataset.indices(in: split), batchSize: batchSize, input: [8, 8, 1],
                    scaling: .unit, shuffles: split == .train, seed: 1, threads: 1)
            }
            (training, validation) = (try loader(.train), try loader(.test))
            let network = try TrainerTests.network()
            loop = TrainingLoop(try Trainer(network, network.initialParameters(seed: 1), seed: 1))
        }

        mutating func run(
            _ stage: TrainingStage, validates: Bool = true,
            observe: TrainingLoop.Observer = { _ in }
        ) throws {
            try loop.run(
                stage, training: training, validation: validates ? validation : nil, observe: observe)
        }
    }

    private static func with(batchSize: Int = 8, _ body: (inout Setting) throws -> Void) throws {
        try Fixtures.withTemporaryFolder { folder in
            let experiment = SmallExperiment(folder: folder)
            try experiment.writePictures("train", count: 17, side: 8, classes: 2)
            try experiment.writePictures("t10k", count: 10, side: 8, classes: 2)
            var setting = try Setting(experiment, batchSize: batchSize)
            try body(&setting)
        }
    }

    private static func stage(
        _ layers: Set<String> = ["predictions"], epochs: Int, rate: Double = 0.1,
        growth: Double = 1, earlyStopping: EarlyStopping? = nil
    ) -> TrainingStage {
        TrainingStage(
            name: "stage", layers: layers, epochs: epochs, optimizer: .adam(),
            schedule: .init(base: rate, shape: .exponential(rate: growth, everyEpochs: 1)),
            earlyStopping: earlyStopping)
    }

    @Test func `Epochs are counted through all stages, and everything is told in its order`() throws {
        try Self.with { setting in
            var told: [String] = []
            for epochs in [2, 1] {
                try setting.run(Self.stage(["bn", "predictions"], epochs: epochs)) { event in
                    switch event {
                    case .stageBegan(_, let count): told.append("began \(count)")
                    case .features: break
                    case .layersUnfrozen: told.append("unfrozen")
                    case .stepEnded(let progress): told.append("\(progress.epoch): \(progress.done)")
                    case .epochEnded(let record): told.append("epoch \(record.epoch)")
                    case .stageEnded(_, let epochs, let kept, let stoppedEarly):
                        told.append("ended \(epochs) \(kept) \(stoppedEarly)")
                    }
                }
            }
            // 17 pictures in batches of 8: the last has one. 2 · 16 + 16 · 2 + 2 numbers.
            #expect(
                told == [
                    "began 66", "1: 8", "1: 16", "1: 17", "epoch 1", "2: 8", "2: 16", "2: 17", "epoch 2",
                    "ended 2 2 false", "began 66", "1: 8", "1: 16", "1: 17", "epoch 3", "ended 1 3 false",
                ])
            #expect(setting.loop.history.map(\.epoch) == [1, 2, 3])
            #expect(setting.loop.keptEpoch == 3)
        }
    }

    @Test func `Early stopping gives back the arrays of the best epoch`() throws {
        try Self.with { setting in
            // A learning rate that grows fiftyfold each epoch spoils what the first epochs learnt.
            let rule = EarlyStopping(patience: 2)
            try setting.run(Self.stage(epochs: 20, rate: 0.01, growth: 50, earlyStopping: rule))
            let losses = setting.loop.history.map { $0.validationLoss! }
            let best = losses.indices.min { losses[$0] < losses[$1] }! + 1
            #expect(setting.loop.keptEpoch == best)
            #expect(losses.count == best + 2)
            #expect(try Self.validationLoss(setting) == losses[best - 1])
        }
    }

    @Test func `Without restoring, the last epoch's arrays stay`() throws {
        try Self.with { setting in
            let rule = EarlyStopping(patience: 2, restoreBestWeights: false)
            try setting.run(Self.stage(epochs: 20, rate: 0.01, growth: 50, earlyStopping: rule))
            #expect(setting.loop.keptEpoch == setting.loop.history.count)
            #expect(try Self.validationLoss(setting) == setting.loop.history.last?.validationLoss)
        }
    }

    private static func validationLoss(_ setting: Setting) throws -> Double {
        var (loss, count) = (0.0, 0)
        let batches = setting.validation.batches(epoch: 0)
        while let batch = try batches.next() {
            let result = try setting.loop.trainer.evaluate(batch.inputs, batch.labels)
            loss += result.loss * Double(result.count)
            count += result.count
        }
        return loss / Double(count)
    }

    @Test func `An error of the observer ends the training`() throws {
        try Self.with { setting in
            var steps = 0
            #expect(throws: CancellationError.self) {
                try setting.run(Self.stage(epochs: 5)) { event in
                    if case .stepEnded = event { steps += 1 }
                    if steps == 4 { throw CancellationError() }
                }
            }
            #expect(steps == 4)
            #expect(setting.loop.history.count == 1)
        }
    }

    @Test func `A stage without epochs is refused`() throws {
        try Self.with { setting in
            #expect(throws: TrainingError.noEpochs(stage: "stage", found: 0)) {
                try setting.run(Self.stage(epochs: 0))
            }
        }
    }

    @Test func `A validation loss that is not a number ends the training and says where`() throws {
        try Self.with(batchSize: 17) { setting in
            // One step in the epoch, so that only the validation sees what the step did.
            let error = #expect(throws: TrainingError.self) {
                try setting.run(Self.stage(["conv", "bn", "predictions"], epochs: 1, rate: 3e38))
            }
            let sentence = "\(try #require(error))"
            #expect(sentence.hasPrefix("the loss of the validation pictures became"))
            #expect(sentence.hasSuffix("; try a smaller learning rate, a warm-up, or 'clip_norm'"))
        }
    }
}
