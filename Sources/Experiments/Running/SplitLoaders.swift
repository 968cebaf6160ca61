import Datasets
import Layers

/// The loaders of an experiment's splits, each made once, because a loader keeps what it has decoded: so a
/// picture is decoded once for all stages, and for the baseline too.
final class SplitLoaders {
    private struct Key: Hashable {
        var split: Split
        var batchSize: Int
    }

    private let experiment: Experiment
    private var loaders: [Key: BatchLoader] = [:]

    init(_ experiment: Experiment) { self.experiment = experiment }

    /// The loader of a split; nil where it has no pictures.
    func loader(_ split: Split, batchSize: Int) throws -> BatchLoader? {
        let key = Key(split: split, batchSize: batchSize)
        if let loader = loaders[key] { return loader }
        let loader = try makeLoader(split, batchSize: batchSize, isTraining: split == .train)
        loaders[key] = loader
        return loader
    }

    /// A loader of a split's pictures as they are, in their order; nil where it has none.
    func plainLoader(_ split: Split, batchSize: Int) throws -> BatchLoader? {
        try makeLoader(split, batchSize: batchSize, isTraining: false)
    }

    /// Only training pictures are shuffled and varied.
    private func makeLoader(_ split: Split, batchSize: Int, isTraining: Bool) throws -> BatchLoader? {
        let indices = experiment.dataset.indices(in: split)
        guard !indices.isEmpty else { return nil }
        let configuration = experiment.configuration
        var loader = try BatchLoader(
            experiment.dataset, indices: indices, batchSize: batchSize, input: experiment.network.inputShape,
            scaling: try configuration.model.scaling().scaling,
            augmentation: isTraining ? configuration.data.augmentation.augmentation : nil,
            variation: isTraining ? configuration.variation : nil,
            shuffles: isTraining && configuration.training.shuffle, seed: configuration.seed,
            threads: configuration.data.threads)
        if isTraining { loader.views = configuration.training.featureCache.cachedViews }
        return experiment.sharedPictures?.sharing(loader) ?? loader
    }
}
