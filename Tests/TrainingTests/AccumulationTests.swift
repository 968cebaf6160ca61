import Layers
import Tensors
import Testing

@testable import Training

@Suite struct AccumulationTests {
    /// A network without batch statistics and dropout, whose batches are worth the mean of their parts.
    private static func trainer(_ regularization: Regularization) throws -> Trainer {
        var builder = NetworkBuilder("plain", input: [8, 8, 1])
        var x = try builder.add(
            Conv2D("conv", filters: 4, kernelSize: 3, activation: .relu), to: builder.input)
        x = try builder.add(GlobalAveragePooling2D("pool"), to: x)
        x = try builder.add(Dense("predictions", units: 2, activation: .softmax), to: x)
        let network = builder.build(output: x)
        var trainer = try Trainer(network, network.initialParameters(seed: 2), seed: 2)
        try trainer.beginStage(
            "stage", training: ["conv", "predictions"], optimizer: .adam(), regularization: regularization)
        return trainer
    }

    /// The samples `range` of a batch.
    private static func part(_ range: Range<Int>, of batch: (Tensor, [Int])) -> (Tensor, [Int]) {
        let pictures = Array(batch.0.elements[range.lowerBound * 64..<range.upperBound * 64])
        return (Tensor(pictures, shape: [range.count, 8, 8, 1]), Array(batch.1[range]))
    }

    @Test(arguments: [nil, Float(0.05)])
    func `Batches that make a step are worth one batch of all of them`(clipNorm: Float?) throws {
        let regularization = Regularization(l2: 0.01, clipNorm: clipNorm)
        var (whole, parts) = (try Self.trainer(regularization), try Self.trainer(regularization))
        for step in 0..<5 {
            let batch = TrainerTests.batch(10, seed: UInt64(step))
            _ = try whole.step(batch.0, batch.1, learningRate: 0.05)
            // The last is smaller, and counts for less.
            for range in [0..<4, 4..<8, 8..<10] {
                let (pictures, labels) = Self.part(range, of: batch)
                _ = try parts.step(pictures, labels, learningRate: 0.05, isPartial: range.upperBound < 10)
            }
        }
        for key in whole.parameters.keys {
            for (a, b) in zip(whole.parameters[key]!.elements, parts.parameters[key]!.elements) {
                #expect(abs(a - b) < 2e-6, "\(key)")
            }
        }
        #expect(whole.state.optimizer.stepCount == parts.state.optimizer.stepCount)
    }

    @Test func `The last step of an epoch has the batches that are left`() {
        var stage = TrainingStage(
            name: "stage", layers: [], epochs: 2, optimizer: .sgd(momentum: 0.9),
            schedule: LearningRateSchedule(base: 1, shape: .exponential(rate: 0.5, everyEpochs: 1)))
        stage.accumulate = 3
        var progress = StageProgress()
        progress.epochs = 1
        let pace = StagePace(stage, progress, batches: 7)
        let steps = (0..<7).map(pace.step)
        #expect(steps.map(\.isPartial) == [true, true, false, true, true, false, false])
        #expect(abs(steps[0].learningRate - 0.5) < 1e-12)
        #expect(steps[0].learningRate == steps[2].learningRate)
        #expect(steps[6].learningRate < steps[5].learningRate)
    }
}
