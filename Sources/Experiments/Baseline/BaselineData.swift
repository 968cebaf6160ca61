import Datasets
import Evaluation
import Layers
import Tensors
import Training

/// The features of an experiment's pictures, as its frozen backbone gives them.
struct BaselineData {
    /// The pictures of a split.
    struct Part {
        var features: Matrix
        var labels: [Int]
        var identifiers: [String]
    }

    let classNames: [String]
    let train: Part
    let validation: Part?
    let test: Part

    init(
        _ experiment: Experiment, _ reuse: FeatureReuse, observe: (FeatureEvent, Split) throws -> Void
    ) throws {
        let cut = try experiment.headCut()
        let loaders = SplitLoaders(experiment)
        func part(_ split: Split) throws -> Part? {
            let batchSize = experiment.configuration.training.batchSize
            guard let loader = try loaders.plainLoader(split, batchSize: batchSize) else { return nil }
            let samples = loader.indices.map { experiment.dataset.samples[$0] }
            return Part(
                features: try reuse.features(of: loader, through: cut.prefix, experiment.parameters) {
                    try observe($0, split)
                }, labels: samples.map(\.label), identifiers: samples.map(\.identifier))
        }
        classNames = experiment.dataset.classNames
        // An experiment that could be made has training and test pictures.
        train = try part(.train)!
        validation = try part(.validation)
        test = try part(.test)!
    }
}

extension BaselineData.Part {
    /// The share that a head classifies correctly.
    func accuracy(_ head: FittedHead) -> Double {
        let scores = head.probabilities(features)
        let correct = labels.indices.count { row in
            let scores = scores.row(row)
            return scores.firstIndex(of: scores.max() ?? 0).map { $0 - scores.startIndex } == labels[row]
        }
        return Double(correct) / Double(max(labels.count, 1))
    }

    /// What a head makes of the pictures.
    func predictions(_ head: FittedHead, _ classNames: [String]) throws -> Predictions {
        let scores = head.probabilities(features)
        return try Predictions(
            classNames: classNames,
            rows: labels.indices.map { row in
                .init(identifier: identifiers[row], label: labels[row], scores: Array(scores.row(row)))
            })
    }
}
