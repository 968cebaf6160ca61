import Datasets
import Evaluation
import Experiments
import Foundation
import Reports

/// Gives a finished run a temperature, or takes it away: its summary and its evidence are written anew.
public struct RunCalibration {
    /// Hears which split's pictures are judged, and how many of how many are; an error that it throws ends the work.
    public typealias Observer = (Split, Int, Int) throws -> Void

    private let folder: RunFolder
    private let model: TrainedModel
    private let observe: Observer
    private let log: RunLog

    /// - Throws: ``ExperimentError/stillRunning(path:)``, ``ExperimentError/severalLabelsToScale(data:)``, and what
    ///   a run that cannot be read gives cause for.
    public init(_ folder: RunFolder, observe: @escaping Observer = { _, _, _ in }) throws {
        (self.folder, self.observe) = (folder, observe)
        log = try RunLog(at: folder.log)
        model = try TrainedModel(folder)
        guard !model.classifier.isMultiLabel else {
            throw ExperimentError.severalLabelsToScale(data: model.configuration.data.source.path)
        }
    }

    /// Fits the temperature to the validation pictures.
    /// - Returns: the results at it.
    /// - Throws: ``ExperimentError/noPictures(split:of:hint:)`` where there are none, and what files that cannot be
    ///   read or written give cause for.
    public func fit() throws -> RunSummary.Results {
        let unscaled = try unscaledPredictions()
        guard let validation = unscaled.validation else {
            throw ExperimentError.noPictures(
                split: "validation", of: model.configuration.data.source.path,
                hint: "a temperature is fitted to them")
        }
        return try write(unscaled, FittedTemperature(fittedTo: validation))
    }

    /// Takes the temperature away.
    /// - Returns: the results without it.
    /// - Throws: as ``fit()``
    public func remove() throws -> RunSummary.Results { try write(unscaledPredictions(), nil) }

    /// What the network says of the pictures that its evidence is about.
    private struct Unscaled {
        var validation: Predictions?
        var test: Predictions
        /// The run's pictures, where they had to be found.
        var pictures: Dataset?
    }

    /// What the run has kept, or what the network says when it is asked again: where the run has kept nothing of the
    /// validation pictures, or somebody was interrupted when the files were written anew.
    private func unscaledPredictions() throws -> Unscaled {
        if let kept = try keptPredictions() { return kept }
        let pictures = try model.ownPictures()
        func predictions(_ split: Split) throws -> Predictions? {
            guard !pictures.indices(in: split).isEmpty else { return nil }
            return try model.unscaledJudgement(on: pictures, split: split) {
                try observe(split, $0, $1)
            }.single
        }
        // A run has test pictures.
        return Unscaled(
            validation: try predictions(.validation), test: try predictions(.test)!, pictures: pictures)
    }

    private func keptPredictions() throws -> Unscaled? {
        let files = ["validation_predictions.csv", "predictions.csv"].map(folder.file)
        guard files.allSatisfy({ FileManager.default.fileExists(atPath: $0.path(percentEncoded: false)) })
        else { return nil }
        let (validation, test) = (
            try Predictions(contentsOfCSV: files[0]), try Predictions(contentsOfCSV: files[1])
        )
        let results = model.summary.fineTuned
        guard abs(try test.logLoss() - results.logLoss) < 1e-9, test.classNames == model.classNames else {
            return nil
        }
        let inverse = results.temperature?.scaling.inverse
        return Unscaled(
            validation: try inverse?(validation) ?? validation, test: try inverse?(test) ?? test)
    }

    /// The pictures with their new probabilities, where the run has a gallery.
    private func gallery(_ unscaled: Unscaled, _ fitted: FittedTemperature?) throws -> GalleryEvidence? {
        let file = folder.file("gallery.csv").path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        return GalleryEvidence(
            try fitted?.scaling(unscaled.test) ?? unscaled.test,
            of: try unscaled.pictures ?? model.ownPictures())
    }

    /// The predictions of the test pictures are replaced first, and the summary last: as long as the two do not go
    /// together, the network is asked again.
    private func write(
        _ unscaled: Unscaled, _ fitted: FittedTemperature?
    ) throws -> RunSummary.Results {
        let before = model.summary.fineTuned
        var results = try RunSummary.Results(
            Judgement.single(unscaled.test).scaled(by: fitted?.scaling), history: [])
        (results.epochs, results.seconds, results.keptEpoch) = (
            before.epochs, before.seconds, before.keptEpoch
        )
        results.temperature = fitted
        let gallery = try gallery(unscaled, fitted)
        let writer = EvidenceWriter(folder: folder.url)
        try writer.write(unscaled.test, at: fitted?.scaling)
        if let validation = unscaled.validation {
            try writer.write(validation: .single(validation), at: fitted?.scaling)
        }
        try gallery?.write(to: folder.url)
        var summary = model.summary
        summary.fineTuned = results
        try log.record("calibrated", results)
        try folder.write(summary.encoded(), to: folder.summary.lastPathComponent)
        return results
    }
}
