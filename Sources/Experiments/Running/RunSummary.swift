import Datasets
import Evaluation
import Foundation
import Layers
import Training

/// What a finished run came to, as `run.json` keeps it.
public struct RunSummary: Codable, Sendable, Equatable {
    /// The results of one network on the test pictures, by scikit-learn's names.
    public struct Results: Codable, Sendable, Equatable {
        /// The share of the pictures that are classified correctly; with several labels, wholly.
        public var accuracy: Double
        /// The mean of the classes' recalls; with several labels, of the balanced accuracies of all classes.
        public var balancedAccuracy: Double
        /// The mean of the classes' F1 scores.
        public var macroF1: Double
        /// The mean of the areas under the classes' ROC curves; nil where no class has one.
        public var macroAUC: Double?
        /// The mean cross-entropy; with several labels, the binary one of all decisions.
        public var logLoss: Double
        /// With several labels: the share of all decisions that are wrong.
        public var hammingLoss: Double?
        /// With several labels: the F1 score of all decisions together.
        public var microF1: Double?
        /// With several labels: the mean of the classes' average precisions.
        public var meanAveragePrecision: Double?
        /// The temperature that the probabilities are given at; nil where they are as the network gives them.
        public var temperature: FittedTemperature?
        /// How many epochs were trained.
        public var epochs: Int
        /// The epoch whose arrays are kept, as its validation judged them: the best one where early stopping
        /// restores it, otherwise the last. nil where they are the mean of several epochs, and in runs of
        /// earlier versions.
        public var keptEpoch: EpochRecord?
        /// How long they took.
        public var seconds: Double

        private enum CodingKeys: String, CodingKey {
            case accuracy, epochs, seconds
            case temperature = "temperature_scaling"
            case balancedAccuracy = "balanced_accuracy"
            case macroF1 = "f1_macro"
            case macroAUC = "roc_auc_macro_ovr"
            case logLoss = "log_loss"
            case keptEpoch = "kept_epoch"
            case hammingLoss = "hamming_loss"
            case microF1 = "f1_micro"
            case meanAveragePrecision = "average_precision_macro"
        }
    }

    /// The experiment's name.
    public var experiment: String
    /// The version of Graft.
    public var graftVersion: String
    /// When the run began.
    public var began: Date
    /// When it ended.
    public var ended: Date
    /// What all random numbers were drawn from.
    public var seed: UInt64
    /// The classes, in the order of the network's outputs.
    public var classNames: [String]
    /// How many pictures each split had of each class, in the classes' order.
    public var pictures: [String: [Int]]
    /// How many pictures each split had, of whatever classes; nil in runs of earlier versions.
    public var pictureCounts: [String: Int]?
    /// How the pictures came into their splits, in words; nil in runs of earlier versions.
    public var splits: String?
    /// How many pictures were left out because they cannot be read.
    public var skipped: Int
    /// How many numbers the network's arrays have.
    public var parameterCount: Int
    /// The network that the experiment is about.
    public var fineTuned: Results
    /// The same network from random weights; nil where there was no comparison.
    public var fromScratch: Results?
    /// How much the reuse of features spared, since the run was begun or last resumed; nil where no beginning
    /// of the network was frozen.
    public var features: FeatureUse?
    /// What the numbers depend on beside the configuration; nil in runs of earlier versions.
    public var provenance: Provenance?
    /// Where the time of the steps went; nil in runs of earlier versions.
    public var timings: StepTimings?
    /// The most memory that the program had at a time, in bytes; nil in runs of earlier versions.
    public var peakMemory: Int?

    private enum CodingKeys: String, CodingKey {
        case experiment, began, ended, seed, pictures, splits, skipped, features, provenance, timings
        case peakMemory = "peak_memory_bytes"
        case pictureCounts = "picture_counts"
        case graftVersion = "graft_version"
        case classNames = "class_names"
        case parameterCount = "parameter_count"
        case fineTuned = "fine_tuned"
        case fromScratch = "from_scratch"
    }
}

extension RunSummary.Results {
    /// The results that follow from an outcome.
    /// - Throws: `EvaluationError` where the scores are not probabilities.
    public init(_ predictions: Predictions, history: [EpochRecord] = []) throws {
        let matrix = ConfusionMatrix(predictions)
        accuracy = matrix.accuracy
        balancedAccuracy = matrix.balancedAccuracy
        macroF1 = ClassificationReport(matrix).macroAverage.f1Score
        macroAUC = OneVsRestROC(predictions).macroAUC
        logLoss = try predictions.logLoss()
        epochs = history.count
        seconds = history.reduce(0) { $0 + $1.seconds }
    }
}

extension RunSummary.Results {
    /// The results that follow from several labels a picture.
    public init(_ predictions: MultiLabelPredictions, history: [EpochRecord] = []) {
        let report = MultiLabelReport(predictions)
        accuracy = report.subsetAccuracy
        balancedAccuracy = report.balancedAccuracy
        macroF1 = report.macroF1
        macroAUC = OneVsRestROC(predictions).macroAUC
        logLoss = report.logLoss
        hammingLoss = report.hammingLoss
        microF1 = report.microF1
        meanAveragePrecision = report.meanAveragePrecision
        epochs = history.count
        seconds = history.reduce(0) { $0 + $1.seconds }
    }

    /// The results that follow from an outcome.
    /// - Throws: `EvaluationError` where the scores are not probabilities.
    public init(_ judgement: Judgement, history: [EpochRecord] = []) throws {
        switch judgement {
        case .single(let predictions): try self.init(predictions, history: history)
        case .multiple(let predictions): self.init(predictions, history: history)
        }
    }
}

extension Dataset {
    /// How many pictures each split has of each class, by the splits' names.
    var countsBySplit: [String: [Int]] {
        Dictionary(uniqueKeysWithValues: splits.map { ($0.rawValue, counts(in: $0)) })
    }
}

extension RunSummary {
    /// The summary of a run that has just ended.
    public init(
        _ run: Experiment, fineTuned: Results, fromScratch: Results?, features: FeatureUse? = nil,
        provenance: Provenance? = nil, timings: StepTimings? = nil, began: Date, version: String
    ) {
        self.provenance = provenance
        self.timings = timings
        peakMemory = ProcessMemory.peak
        self.features = features == FeatureUse() ? nil : features
        experiment = run.configuration.name
        graftVersion = version
        self.began = began
        ended = Date()
        seed = run.configuration.seed
        classNames = run.dataset.classNames
        pictures = run.dataset.countsBySplit
        pictureCounts = Dictionary(
            uniqueKeysWithValues: run.dataset.splits.map { ($0.rawValue, run.dataset.indices(in: $0).count) })
        splits = run.dataset.splitMethod?.description
        skipped = run.dataset.skipped.count
        parameterCount = run.network.parameterCount
        self.fineTuned = fineTuned
        self.fromScratch = fromScratch
    }

    /// The summary as JSON.
    public func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return try encoder.encode(self) + Data("\n".utf8)
    }

    /// The summary of a run.
    /// - Throws: ``ExperimentError/damagedRun(path:reason:)``
    public static func read(_ folder: RunFolder) throws(ExperimentError) -> RunSummary {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            return try decoder.decode(RunSummary.self, from: Data(contentsOf: folder.summary))
        } catch {
            throw .damagedRun(
                path: folder.path("run.json"), reason: "it is not the summary of a run: \(error)")
        }
    }
}
