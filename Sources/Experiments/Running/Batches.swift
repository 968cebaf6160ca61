import Datasets
import Evaluation
import Layers
import Tensors

extension Experiment {
    /// The batches of a split; nil where it has no pictures.
    /// - Parameter varied: whether pictures are shuffled and augmented, for training.
    func loader(_ split: Split, batchSize: Int, varied: Bool = false) throws -> BatchLoader? {
        let indices = dataset.indices(in: split)
        guard !indices.isEmpty else { return nil }
        let data = configuration.data
        return try BatchLoader(
            dataset, indices: indices, batchSize: batchSize, input: network.inputShape,
            scaling: try configuration.model.scaling().scaling,
            augmentation: varied ? data.augmentation.augmentation : nil,
            shuffles: varied && configuration.training.shuffle, seed: configuration.seed,
            threads: data.threads)
    }
}

extension BatchLoader {
    /// What a network says of all the samples, in their order.
    /// - Parameters:
    ///   - predict: gives probabilities `[N, K]` for inputs `[N, H, W, C]`.
    ///   - observe: hears how many samples are done.
    func predictions(
        _ predict: (Tensor) throws -> Tensor, observe: (Int) throws -> Void
    ) throws -> Predictions {
        var rows: [Predictions.Row] = []
        let batches = batches(epoch: 0)
        while let batch = try batches.next() {
            let scores = try predict(batch.inputs).elements.map(Double.init)
            let classes = dataset.classNames.count
            for (row, index) in batch.sampleIndices.enumerated() {
                rows.append(
                    .init(
                        identifier: dataset.samples[index].identifier, label: batch.labels[row],
                        scores: Array(scores[row * classes..<(row + 1) * classes])))
            }
            try observe(rows.count)
        }
        return try Predictions(classNames: dataset.classNames, rows: rows)
    }
}
