import Layers
import Tensors
import Training

/// Times steps on noise, which take as long as steps on pictures. What was timed once is not timed again.
final class StepStopwatch {
    private struct Key: Hashable {
        var batchSize: Int
        var layers: Set<String>
        var batchNormalization: BatchNormalizationPolicy
    }

    private let experiment: Experiment
    private var steps: [Key: Double] = [:]
    private var judging: [Int: Double] = [:]

    init(_ experiment: Experiment) { self.experiment = experiment }

    /// How long a step takes. The arrays stay as they are: the learning rate is 0.
    func secondsPerStep(
        of batchSize: Int, _ trainer: inout Trainer, in stage: TrainingStage
    ) throws -> Double {
        let key = Key(
            batchSize: batchSize, layers: trainer.trainableLayers,
            batchNormalization: stage.batchNormalization)
        if let seconds = steps[key] { return seconds }
        let (pictures, labels) = batch(batchSize)
        let seconds = try median { _ = try trainer.step(pictures, labels, learningRate: 0) }
        steps[key] = seconds
        return seconds
    }

    /// How long it takes to judge a batch.
    func secondsPerJudgedBatch(of batchSize: Int) throws -> Double {
        if let seconds = judging[batchSize] { return seconds }
        let trainer = try Trainer(experiment.network, experiment.parameters, seed: 0)
        let (pictures, _) = batch(batchSize)
        let seconds = try median { _ = try trainer.predict(pictures) }
        judging[batchSize] = seconds
        return seconds
    }

    private func batch(_ size: Int) -> (Tensor, [Int]) {
        var random = SeededRandom(seed: 0)
        let pictures = Tensor(shape: experiment.network.inputShape.batched(size)) { pixels in
            for index in pixels.indices { pixels[index] = random.uniform(in: -1...1) }
        }
        return (pictures, (0..<size).map { $0 % experiment.network.outputShape[-1] })
    }

    /// Of three times, after one that finds the memory and the kernels' layouts; of fewer, where they are long.
    private func median(_ body: () throws -> Void) rethrows -> Double {
        try body()
        var times: [Double] = []
        repeat {
            let start = ContinuousClock.now
            try body()
            times.append((.now - start) / .seconds(1))
        } while times.count < 3 && times.reduce(0, +) < 5
        return times.sorted()[times.count / 2]
    }
}
