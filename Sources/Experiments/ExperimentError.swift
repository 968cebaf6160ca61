import Layers

/// What can go wrong with an experiment beyond what its parts say themselves.
public enum ExperimentError: Error, Equatable {
    /// A file or folder of a run cannot be made or written.
    case folder(path: String, reason: String)
    /// A folder is not that of a finished run.
    case notARun(path: String, missing: String)
    /// A run is finished, but its weights are not there.
    case noWeights(path: String)
    /// A run's file does not say what it should.
    case damagedRun(path: String, reason: String)
    /// Data that a step needs are not there.
    case noPictures(split: String, of: String, hint: String)
    /// One class cannot be told apart from none.
    case tooFewClasses(of: String, found: Int)
    /// The classes of other data are not those that the network knows.
    case otherClasses(data: String, expected: [String], found: [String])
    /// Pictures of different splits are the same, which the configuration does not allow.
    case duplicates(of: String, count: Int, first: [String])
    /// A run's pictures are no longer those that it was made from.
    case otherPictures(data: String, expected: [String: [Int]], found: [String: [Int]])
    /// A network does not tell the classes of pictures.
    case notAClassifier(network: String, expected: String, found: String)
    /// A folder cannot be that of a run, finished or not.
    case noConfiguration(path: String)
    /// A run that is to be resumed is being trained.
    case stillRunning(path: String)
    /// A run's checkpoint cannot be used.
    case damagedCheckpoint(path: String, reason: String)
    /// A run's configuration was changed after its beginning.
    case otherConfiguration(path: String)
    /// The arrays that a run begins with are no longer those that it began with.
    case otherWeights(path: String?)
    /// A network has no arrays before its head.
    case noBackbone(network: String)
    /// A run's pictures are of several classes each, where one is expected.
    case severalLabels(run: String)
    /// A head is to be worked out for pictures of several classes each.
    case severalLabelsToSolve(data: String, solver: String)
    /// A temperature is to be fitted for pictures of several classes each.
    case severalLabelsToScale(data: String)
    /// A head that is no layer of a network is to be a run's.
    case noLayer(solver: String)
    /// A learning rate is wanted where nothing is trained.
    case nothingIsTrained(experiment: String, solver: String)
    /// A loss is not for such labels.
    case unsuitableLoss(loss: String, data: String, reason: String)
    /// Early stopping, or a schedule, watches what is not there.
    case nothingToMonitor(_ rule: String, monitor: String)
    /// Weights are to be pulled towards imported ones, and none are imported.
    case nothingPretrained
    /// Weights are to be compared with imported ones, and none were imported.
    case nothingImported(run: String)
}

extension ExperimentError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .folder(let path, let reason): "\(path): \(reason)"
        case .notARun(let path, let missing):
            "\(path): this is not the folder of a finished run: it has no \(missing)"
        case .noWeights(let path):
            "\(path): the run has no model.weights.h5; a sweep keeps those that its 'keep_weights' says, by default "
                + "the best trial's. 'graft sweep apply' writes a trial's configuration, to train it again"
        case .damagedRun(let path, let reason): "\(path): \(reason)"
        case .noPictures(let split, let data, let hint): "\(data): there are no \(split) pictures; \(hint)"
        case .tooFewClasses(let data, let found):
            "\(data): expected two classes or more, found \(found)"
        case .otherClasses(let data, let expected, let found):
            "\(data): expected the classes \(expected.joined(separator: ", ")), found "
                + found.joined(separator: ", ")
        case .duplicates(let data, let count, let first):
            "\(data): expected different pictures in each split, found \(count) pairs that are the same or "
                + "nearly so, the first \(first.joined(separator: " and ")); 'graft data' lists them, and "
                + "data.duplicates: drop_from_training leaves them out of the training"
        case .otherPictures(let data, let expected, let found):
            "\(data): expected the pictures of the run, \(Self.text(expected, unlike: found)); "
                + "found \(Self.text(found, unlike: expected)), so that they would be split otherwise and training pictures be tested"
        case .notAClassifier(let network, let expected, let found):
            "network '\(network)': expected \(expected), found \(found)"
        case .noConfiguration(let path): "\(path): this is not the folder of a run: it has no config.yaml"
        case .stillRunning(let path): "\(path): the run is still going; stop it before it is resumed"
        case .damagedCheckpoint(let path, let reason):
            "\(path): the checkpoint cannot be used: \(reason); remove it to train the run from its beginning"
        case .otherConfiguration(let path):
            "\(path): expected the configuration that the run began with, found another; undo the change, or "
                + "train it as a new run"
        case .otherWeights(let path):
            "\(path ?? "random weights"): expected the weights that the run began with, found others; "
                + "put them back, or begin a new run"
        case .noBackbone(let network):
            "network '\(network)': expected layers with weights before the head, found none"
        case .severalLabels(let run):
            "run '\(run)': expected pictures of one class each, found some of several"
        case .severalLabelsToSolve(let data, let solver):
            "\(data): model.head.solver '\(solver)' tells one class of each picture, and some are of several; "
                + "train the head in training.stages instead"
        case .severalLabelsToScale(let data):
            "\(data): evaluation.temperature_scaling and 'graft calibrate' divide the logits of a softmax, which tells "
                + "one class of each picture, and some pictures are of several; such networks have no temperature"
        case .noLayer(let solver):
            "model.head.solver '\(solver)' gives no layer of a network; 'graft baseline' judges it"
        case .nothingIsTrained(let experiment, let solver):
            "experiment '\(experiment)' has no learning rate: model.head.solver works its head out by \(solver)"
        case .unsuitableLoss(let loss, let data, let reason):
            "training.loss \(loss) with the pictures of '\(data)': \(reason)"
        case .nothingPretrained:
            "regularization.l2_sp pulls towards pretrained weights, but model.weights is 'none'"
        case .nothingImported(let run):
            "run '\(run)' began with random weights; there are no imported ones to compare with"
        case .nothingToMonitor(let rule, let monitor):
            "\(rule) watches \(monitor), but there are no validation pictures; "
                + "set data.splits.validation"
        }
    }

    /// How many pictures each split has; of each class, where that is all that tells them from others.
    private static func text(_ counts: [String: [Int]], unlike others: [String: [Int]]) -> String {
        let text = totals(counts)
        guard text == totals(others) else { return text }
        return counts.sorted { $0.key < $1.key }.map { "\($1) \($0)" }.joined(separator: ", ")
    }

    private static func totals(_ counts: [String: [Int]]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($1.reduce(0, +)) \($0)" }.joined(separator: ", ")
    }
}
