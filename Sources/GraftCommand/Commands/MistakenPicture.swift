import Foundation
import Graft

/// The pictures that a run was the most mistaken about.
enum MistakenPicture {
    /// A picture with what it was taken for and what it is.
    private struct Mistake {
        let identifier: String
        let truth: [Int]
        /// The classes that are looked for.
        let labels: [Int]
    }

    /// The surest mistakes on a run's test pictures, the surest first, and the network that made them.
    /// - Parameter observe: hears how many pictures of how many are judged, where that is not in the run.
    /// - Throws: `ExperimentError` where there are none, or the pictures are no longer there.
    static func surest(
        _ count: Int, of run: RunFolder, observe: (Int, Int) throws -> Void
    ) throws -> (pictures: [ExplainedPicture], classifier: ImageClassifier) {
        let model = try TrainedModel(run)
        let dataset = try model.ownPictures()
        let mistakes =
            model.classifier.isMultiLabel
            ? try ofSeveralClasses(count, model, dataset, observe: observe) : try ofOneClass(count, run)
        guard !mistakes.isEmpty else {
            throw ExperimentError.noPictures(
                split: "mistaken", of: run.path("predictions.csv"), hint: "every one was told correctly")
        }
        let samples = Dictionary(dataset.samples.map { ($0.identifier, $0) }) { first, _ in first }
        let pictures = try mistakes.enumerated().map { rank, mistake in
            guard let sample = samples[mistake.identifier] else {
                throw ExperimentError.damagedRun(
                    path: run.path("predictions.csv"),
                    reason: "'\(mistake.identifier)' is not among the run's pictures")
            }
            let number = String(rank + 1)
            let padded = String(repeating: "0", count: max(0, 3 - number.count)) + number
            return ExplainedPicture(
                name: "mistake-\(padded)", sample: sample, truth: mistake.truth, labels: mistake.labels)
        }
        return (pictures, model.classifier)
    }

    /// As `predictions.csv` has them, with the predicted and the true class.
    private static func ofOneClass(_ count: Int, _ run: RunFolder) throws -> [Mistake] {
        let predictions = try Predictions(contentsOfCSV: run.file("predictions.csv"))
        return predictions.surestMistakes(count).map { telling in
            let row = predictions.rows[telling.row]
            return Mistake(
                identifier: row.identifier, truth: [row.label], labels: [row.predictedLabel, row.label])
        }
    }

    /// With the class that was told wrongly; judged anew.
    private static func ofSeveralClasses(
        _ count: Int, _ model: TrainedModel, _ dataset: Dataset, observe: (Int, Int) throws -> Void
    ) throws -> [Mistake] {
        guard case .multiple(let predictions) = try model.judgement(on: dataset, observe: observe) else {
            return []
        }
        return predictions.surestMistakes(count).map { mistake in
            let row = predictions.rows[mistake.row]
            return Mistake(
                identifier: row.identifier, truth: row.labels.indices.filter { row.labels[$0] },
                labels: [mistake.label])
        }
    }
}
