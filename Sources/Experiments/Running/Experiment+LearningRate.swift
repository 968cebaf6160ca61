import Datasets
import Training

extension Experiment {
    /// Raises the learning rate over one of the stages, from the weights that the experiment begins with.
    /// - Parameters:
    ///   - stage: its number, counted from 0.
    ///   - observe: hears of every step; an error that it throws ends the sweep.
    /// - Throws: ``ExperimentError/nothingIsTrained(experiment:solver:)``, and what the pictures' files give cause for.
    public func sweepLearningRate(
        _ finder: LearningRateFinder, stage: Int, observe: (LearningRateSweep) throws -> Void
    ) throws -> LearningRateSweep {
        if let solver = configuration.model.head.solver {
            throw ExperimentError.nothingIsTrained(experiment: configuration.name, solver: solver.name)
        }
        let trainer = try Trainer(network, parameters, pretrained: pretrained, seed: configuration.seed)
        let batchSize = configuration.training.batchSize(of: configuration.training.stages[stage])
        guard let loader = try SplitLoaders(self).loader(.train, batchSize: batchSize) else {
            throw ExperimentError.noPictures(
                split: "training", of: configuration.data.source.path, hint: "there is nothing to learn from")
        }
        return try finder.run(trainer, stages[stage], training: loader, observe: observe)
    }
}
