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
    ) throws -> Judgement {
        var rows: [(index: Int, scores: [Double])] = []
        let batches = batches ?? self.batches(epoch: 0)
        while let batch = try batches.next() {
            let scores = try predict(batch.inputs).elements.map(Double.init)
            let classes = dataset.classNames.count
            for (row, index) in batch.sampleIndices.enumerated() {
                rows.append((index, Array(scores[row * classes..<(row + 1) * classes])))
            }
            try observe(rows.count)
        }
        return try dataset.judgement(rows)
    }
}

extension Dataset {
    /// Scores beside what the samples are.
    fileprivate func judgement(
        _ rows: [(index: Int, scores: [Double])]
    ) throws(EvaluationError) -> Judgement {
        guard labelling == .multiple else {
            let rows = rows.map { index, scores in
                Predictions.Row(
                    identifier: samples[index].identifier, label: samples[index].label, scores: scores,
                    group: samples[index].group)
            }
            return .single(try Predictions(classNames: classNames, rows: rows))
        }
        let rows = rows.map { index, scores in
            MultiLabelPredictions.Row(
                identifier: samples[index].identifier,
                labels: samples[index].shares?.map { $0 > 0 } ?? [], scores: scores,
                group: samples[index].group)
        }
        return .multiple(try MultiLabelPredictions(classNames: classNames, rows: rows))
    }
}
