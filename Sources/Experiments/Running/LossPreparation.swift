import Datasets
import Tensors
import Training
import Wording

extension TrainingConfiguration {
    /// The loss, as said or as the labels ask for.
    func lossConfiguration(for dataset: Dataset) -> LossConfiguration {
        loss ?? (dataset.labelling == .multiple ? .binaryCrossEntropy() : .categoricalCrossEntropy)
    }

    /// The loss for a dataset; the smoothing of labels is given elsewhere.
    /// - Throws: ``ExperimentError/unsuitableLoss(loss:data:reason:)``, and `DatasetError` for a class that is
    ///   not there.
    func loss(for dataset: Dataset) throws -> Loss {
        let configuration = lossConfiguration(for: dataset)
        try check(configuration, dataset)
        return Loss(
            try configuration.function(for: dataset),
            classWeights: try setting("training.class_weight") {
                try classWeight?.weights(for: dataset) { count, total in
                    Double(total) / (Double(dataset.classNames.count) * Double(count))
                }
            })
    }

    private func check(_ loss: LossConfiguration, _ dataset: Dataset) throws(ExperimentError) {
        let isBinary = loss.isMultiLabel
        func refuse(_ reason: String) -> ExperimentError {
            .unsuitableLoss(loss: loss.name, data: dataset.name, reason: reason)
        }
        if isBinary, dataset.labelling != .multiple {
            throw refuse("it is for pictures of several classes each, and these are of one")
        }
        if !isBinary, dataset.labelling == .multiple {
            throw refuse("the pictures are of several classes each; expected binary_crossentropy")
        }
        if isBinary, classWeight != nil {
            throw refuse("class_weight is for pictures of one class each; expected pos_weight in the loss")
        }
    }
}

extension LossConfiguration {
    fileprivate func function(for dataset: Dataset) throws -> Loss.Function {
        switch self {
        case .categoricalCrossEntropy: return .categoricalCrossEntropy
        case .categoricalFocalCrossEntropy(let loss):
            guard [1, dataset.classNames.count].contains(loss.alpha.count) else {
                throw ExperimentError.unsuitableLoss(
                    loss: name, data: dataset.name,
                    reason: "expected one alpha or \(dataset.classNames.count), one a class, found "
                        + "\(loss.alpha.count)")
            }
            return .categoricalFocalCrossEntropy(loss)
        case .binaryCrossEntropy(let weights):
            return .binaryCrossEntropy(
                BinaryCrossEntropy(
                    positiveWeights: try weights?.weights(for: dataset) { count, total in
                        Double(total - count) / Double(count)
                    }))
        }
    }
}

extension ClassWeights {
    /// The weights in the classes' order.
    /// - Parameter balance: the weight of a class that so many of so many training pictures are of. A class
    ///   without any counts 1, which is never asked for.
    fileprivate func weights(
        for dataset: Dataset, balance: (_ count: Int, _ total: Int) -> Double
    ) throws(DatasetError) -> [Float] {
        switch self {
        case .balanced:
            let total = dataset.indices(in: .train).count
            return dataset.counts(in: .train).map { $0 == 0 ? 1 : Float(balance($0, total)) }
        case .each(let weights):
            let known = dataset.classNames
            if let stray = weights.keys.sorted().first(where: { !known.contains($0) }) {
                throw .unknownClass(
                    stray, dataset: dataset.name, nearest: nearestNames(to: stray, among: known), known: known
                )
            }
            return known.map { weights[$0] ?? 1 }
        }
    }
}
