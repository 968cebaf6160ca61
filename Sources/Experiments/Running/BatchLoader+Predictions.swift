import Datasets
import Evaluation
import Tensors
import Training

extension BatchLoader {
    /// What a network says of all the samples, in their order.
    /// - Parameters:
    ///   - batches: the samples, as `predict` takes them; their pictures if nil.
    ///   - predict: gives probabilities `[N, K]` for a batch's inputs.
    ///   - observe: hears how many samples are done.
    func predictions(
        from batches: (any BatchSource)? = nil, _ predict: (Tensor) throws -> Tensor,
        observe: (Int) throws -> Void
    ) throws -> Predictions {
        var rows: [Predictions.Row] = []
        let batches = batches ?? self.batches(epoch: 0)
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
