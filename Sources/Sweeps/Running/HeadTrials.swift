import Datasets
import Experiments
import Training

// Trials that train nothing but a head, each its own way, can be trained together.

extension ExperimentConfiguration {
    /// What experiments must have in common to be trained together: this without all that may differ; nil where an
    /// experiment trains more than a head, or not on features that are kept.
    var headKind: ExperimentConfiguration? {
        let trainsHead = training.stages.allSatisfy {
            ($0.freezing == .freeze(.backbone) || $0.freezing == .unfreeze(.head)) && $0.unfreezing == nil
        }
        guard trainsHead, training.baseline == nil, training.featureCache.mode != .off, !variation.isActive,
            model.head.solver == nil, model.head.spatialDropout == 0
        else { return nil }
        var kind = self
        (kind.name, kind.description, kind.seed, kind.earlyStopping) = ("", nil, 0, nil)
        kind.regularization = Regularization()
        kind.model.head.dropout = 0
        (kind.training.loss, kind.training.classWeight) = (nil, nil)
        for index in kind.training.stages.indices {
            kind.training.stages[index].optimizer = .adam()
            kind.training.stages[index].learningRate = LearningRateSchedule(base: 1)
            kind.training.stages[index].rates = .equal
        }
        return kind
    }
}

extension SweepConfiguration {
    /// What a trial must have in common with others to be trained with them; nil where it is trained alone.
    func headKind(of assignment: Assignment) -> ExperimentConfiguration? {
        (try? experiment(with: assignment))?.headKind
    }

    /// How many trials a worker may take at once, so that others find work, too.
    /// - Parameter workers: how many there are.
    func fairBatch(_ trials: [Trial], workers: Int) -> Int {
        guard let total = trialCount else { return batchLimit }
        let left = max(total - trials.count, 0) + trials.count { $0.state == .waiting }
        // One more is taken already.
        return min(batchLimit, (left + 1 + workers - 1) / max(workers, 1))
    }
}
