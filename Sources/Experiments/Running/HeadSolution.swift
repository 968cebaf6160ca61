import Datasets
import Evaluation
import Layers
import Tensors
import Training

/// Works a network's head out from what its backbone makes of the training pictures, and judges the network: a
/// run without training.
struct HeadSolution {
    private let solver: HeadSolver
    private let experiment: Experiment
    private let loaders: SplitLoaders
    private let features: FeatureReuse
    private let observe: ExperimentRunner.Observer

    init(
        _ solver: HeadSolver, _ experiment: Experiment, _ loaders: SplitLoaders, _ features: FeatureReuse,
        _ observe: @escaping ExperimentRunner.Observer
    ) {
        (self.solver, self.experiment, self.loaders) = (solver, experiment, loaders)
        (self.features, self.observe) = (features, observe)
    }

    /// What comes out; the history is of one epoch, which has no learning rate.
    /// - Throws: ``ExperimentError/noBackbone(network:)``, `ClosedFormError`, and what the pictures' files give
    ///   cause for.
    func outcome() throws -> ExperimentRunner.Outcome {
        let start = ContinuousClock.now
        let cut = try experiment.headCut()
        let (samples, labels) = try trainingSamples(cut)
        try observe(.solving(solver, samples: labels.count))
        let head = try fit(samples, labels)
        let parameters = try parameters(with: head)
        var record = try record(of: head, samples, labels)
        let validation = try judgement(.validation, cut, parameters)
        if let predictions = validation?.single {
            let matrix = ConfusionMatrix(predictions)
            record.validationLoss = try predictions.logLoss()
            record.validationAccuracy = matrix.accuracy
            record.validationBalancedAccuracy = matrix.balancedAccuracy
            record.validationF1Macro = ClassificationReport(matrix).macroAverage.f1Score
        }
        record.seconds = (.now - start) / .seconds(1)
        record.imagesPerSecond = Double(labels.count) / record.seconds
        try observe(.training(.epochEnded(record), .fineTuned))
        // An experiment that could be made has test pictures.
        let judgement = try judgement(.test, cut, parameters)!
        return ExperimentRunner.Outcome(
            history: [record], keptEpoch: 1, parameters: parameters, validation: validation,
            judgement: judgement,
            temperature: try experiment.configuration.evaluation.temperature(for: validation),
            features: features.use)
    }

    /// What the backbone makes of the training pictures: once each, or of as many views as are asked for.
    private func trainingSamples(_ cut: NetworkCut) throws -> (Matrix, [Int]) {
        let batchSize = experiment.configuration.training.batchSize
        let loader = try loaders.loader(.train, batchSize: batchSize)!
        let views = loader.viewCount ?? 1
        var (elements, labels) = ([Double](), [Int]())
        for view in 0..<views {
            elements += try features.features(
                of: loader, through: cut.prefix, experiment.parameters, epoch: view
            ) {
                try observe(.training(.features($0), .fineTuned))
            }.elements
            labels += loader.indices.map { experiment.dataset.samples[$0].label }
        }
        let width = cut.prefix.outputShape.elementCount
        return (Matrix(rows: labels.count, columns: width, elements), labels)
    }

    private func fit(_ samples: Matrix, _ labels: [Int]) throws -> LinearClassifier {
        var warning: ConvergenceWarning?
        let fitted = try solver.fit(samples, labels, classes: experiment.dataset.classNames.count) {
            warning = $0
        }
        if let warning { try observe(.solvedPartly(warning)) }
        guard case .linear(let head) = fitted else {
            throw ExperimentError.noLayer(solver: solver.name)
        }
        return head
    }

    /// The network's arrays with the head in the classifier's place.
    private func parameters(with head: LinearClassifier) throws -> Parameters {
        let (width, classes) = (head.kernel.rows, head.kernel.columns)
        var parameters = experiment.parameters
        parameters[NetworkBuilder.classifier, "kernel"] = Tensor(
            head.kernel.elements.map(Float.init), shape: [width, classes])
        parameters[NetworkBuilder.classifier, "bias"] = Tensor(head.bias.map(Float.init), shape: [classes])
        try experiment.network.check(parameters)
        return parameters
    }

    private func record(
        of head: LinearClassifier, _ samples: Matrix, _ labels: [Int]
    ) throws -> EpochRecord {
        let scores = head.probabilities(samples)
        let predictions = try Predictions(
            classNames: experiment.dataset.classNames,
            rows: labels.enumerated().map { row, label in
                .init(identifier: "\(row)", label: label, scores: Array(scores.row(row)))
            })
        return EpochRecord(
            stage: solver.name, epoch: 1, learningRate: 0, loss: try predictions.logLoss(),
            accuracy: ConfusionMatrix(predictions).accuracy, seconds: 0, imagesPerSecond: 0)
    }

    /// What the network, as it is saved, makes of a split's pictures; nil where there are none.
    private func judgement(
        _ split: Split, _ cut: NetworkCut, _ parameters: Parameters
    ) throws -> Judgement? {
        let batchSize = experiment.configuration.training.batchSize
        guard let loader = try loaders.loader(split, batchSize: batchSize) else { return nil }
        try features.begin(cut.prefix, parameters)
        let batches = try features.batches(of: loader, epoch: 0, isRepeated: true) {
            try observe(.training(.features($0), .fineTuned))
        }
        let head = try Trainer(cut.suffix, parameters, seed: experiment.configuration.seed)
        return try loader.predictions(from: batches) {
            try head.predict($0)
        } observe: {
            try observe(.judging(split, done: $0, total: loader.indices.count, .fineTuned))
        }
    }
}
