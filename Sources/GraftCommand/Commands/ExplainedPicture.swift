import Foundation
import Graft

/// A picture that is to be explained.
struct ExplainedPicture {
    /// What its files are called.
    var name: String
    /// Where it comes from.
    var source: String
    /// Its class, where that is known.
    var truth: Int?
    /// The classes that are looked for; the predicted one if empty.
    var labels: [Int]
    /// Reads it.
    var image: () throws -> Image

    /// A picture in a file, of the class that its folder is called by, if it is.
    init(_ file: String, labels: [Int], classNames: [String]) {
        let url = URL(filePath: file)
        name = url.deletingPathExtension().lastPathComponent
        source = file
        truth = classNames.firstIndex(of: url.deletingLastPathComponent().lastPathComponent)
        self.labels = labels
        image = { try Image(contentsOfFile: file) }
    }

    init(name: String, sample: Sample, labels: [Int]) {
        (self.name, self.labels) = (name, labels)
        (source, truth) = (sample.identifier, sample.label)
        image = { try sample.image() }
    }
}

/// The pictures that a run was the most mistaken about.
enum MistakenPicture {
    /// The surest mistakes of a run's `predictions.csv`, the surest first, and the network that made them.
    /// - Throws: `ExperimentError` where pictures are of several classes each, or are no longer there.
    static func surest(
        _ count: Int, of run: RunFolder
    ) throws -> (pictures: [ExplainedPicture], classifier: ImageClassifier) {
        let model = try TrainedModel(run)
        guard !model.classifier.isMultiLabel else {
            throw ExperimentError.severalLabels(run: model.configuration.name)
        }
        let predictions = try Predictions(contentsOfCSV: run.file("predictions.csv"))
        let dataset = try model.ownPictures()
        let samples = Dictionary(dataset.samples.map { ($0.identifier, $0) }) { first, _ in first }
        let mistakes = predictions.surestMistakes(count)
        guard !mistakes.isEmpty else {
            throw ExperimentError.noPictures(
                split: "mistaken", of: run.path("predictions.csv"), hint: "every one was told correctly")
        }
        let pictures = try mistakes.enumerated().map { rank, telling in
            let row = predictions.rows[telling.row]
            guard let sample = samples[row.identifier] else {
                throw ExperimentError.damagedRun(
                    path: run.path("predictions.csv"),
                    reason: "'\(row.identifier)' is not among the run's pictures")
            }
            let number = String(rank + 1)
            let padded = String(repeating: "0", count: max(0, 3 - number.count)) + number
            return ExplainedPicture(
                name: "mistake-\(padded)", sample: sample, labels: [row.predictedLabel, row.label])
        }
        return (pictures, model.classifier)
    }
}
