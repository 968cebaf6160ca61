import Datasets
import Foundation

/// Raises the learning rate from step to step until the loss runs away: Smith, "Cyclical learning rates for
/// training neural networks", WACV 2017; fastai's `lr_find`.
public struct LearningRateFinder: Sendable, Equatable {
    /// The least rate.
    public var start: Double
    /// The greatest rate.
    public var end: Double
    /// How many steps there are at most.
    public var steps: Int

    /// A finder, with fastai's defaults.
    public init(start: Double = 1e-7, end: Double = 10, steps: Int = 100) {
        self.start = start
        self.end = end
        self.steps = steps
    }

    /// The rate of a step, counted from 0: equal factors from step to step.
    public func rate(step: Int) -> Double { start * pow(end / start, Double(step) / Double(steps)) }

    /// Trains a copy of a network; nothing of it is kept.
    /// - Parameters:
    ///   - trainer: at the stage's beginning.
    ///   - observe: hears of every step; an error that it throws ends the sweep.
    /// - Throws: what the pictures' files give cause for, ``TrainingError`` where there is nothing to train.
    public func run(
        _ trainer: Trainer, _ stage: TrainingStage, training: BatchLoader,
        observe: (LearningRateSweep) throws -> Void
    ) throws -> LearningRateSweep {
        var trainer = trainer
        try trainer.begin(stage)
        var sweep = LearningRateSweep(plannedSteps: steps)
        var epoch = 0
        while sweep.points.count < steps, !sweep.hasDiverged {
            try runEpoch(epoch, &trainer, stage, training, &sweep, observe)
            epoch += 1
        }
        return sweep
    }

    private func runEpoch(
        _ epoch: Int, _ trainer: inout Trainer, _ stage: TrainingStage, _ training: BatchLoader,
        _ sweep: inout LearningRateSweep, _ observe: (LearningRateSweep) throws -> Void
    ) throws {
        let pace = StagePace(stage, StageProgress(), batches: training.batchCount)
        let batches = training.batches(epoch: epoch)
        var (number, loss, count) = (0, 0.0, 0)
        while sweep.points.count < steps, !sweep.hasDiverged, let batch = try batches.next() {
            let (rate, isPartial) = (rate(step: sweep.points.count), pace.step(batch: number).isPartial)
            number += 1
            do {
                let result = try trainer.step(
                    batch.inputs, batch.targets, learningRate: rate, isPartial: isPartial)
                loss += result.loss * Double(result.count)
                count += result.count
            } catch let error as TrainingError {
                // The greatest rates are meant to be too great; the least are not.
                guard error.isOverflow, !sweep.points.isEmpty else { throw error }
                sweep.hasDiverged = true
                return
            }
            if isPartial { continue }
            sweep.add(rate: rate, loss: loss / Double(count))
            (loss, count) = (0, 0)
            try observe(sweep)
        }
    }
}

extension TrainingError {
    /// Whether numbers became too great.
    fileprivate var isOverflow: Bool {
        switch self {
        case .lossNotFinite, .gradientNotFinite: true
        default: false
        }
    }
}
