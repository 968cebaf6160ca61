import Foundation
import Graft
import TestSupport
import Testing

/// Runs whose probabilities are given at a temperature.
@Suite struct TemperatureRunTests {
    private static let wanted = "evaluation.temperature_scaling=true"

    private func expectClose(_ found: Predictions, _ expected: Predictions, within tolerance: Double) {
        #expect(found.rows.map(\.identifier) == expected.rows.map(\.identifier))
        for (a, b) in zip(found.rows, expected.rows) {
            #expect(zip(a.scores, b.scores).allSatisfy { abs($0 - $1) <= tolerance }, "\(a) \(b)")
        }
    }

    private func summary(_ folder: RunFolder) throws -> [String: Double] {
        let rows = try CSVReader(contentsOf: folder.file("summary.csv")).records
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.fields[0], Double($0.fields[1]) ?? .nan) })
    }

    @Test func `The temperature of the validation pictures scales all that a run says`() throws {
        try RecordedRun.with { plain in
            try RecordedRun.with(Self.wanted) { run in
                let validation = try Predictions(
                    contentsOfCSV: plain.folder.file("validation_predictions.csv"))
                let expected = try FittedTemperature(fittedTo: validation)
                let found = try #require(run.summary.fineTuned.temperature)
                #expect(found == expected && found.samples == 9)
                #expect(found.logLoss.after < found.logLoss.before)
                #expect(plain.summary.fineTuned.temperature == nil)
                let scaled = try expected.scaling(plain.predictions)
                #expect(try run.predictions == scaled)
                #expect(run.summary.fineTuned.logLoss == (try scaled.logLoss()))
                let scaledValidation = try Predictions(
                    contentsOfCSV: run.folder.file("validation_predictions.csv"))
                #expect(try scaledValidation.logLoss() == expected.logLoss.after)

                let (before, after) = (try summary(plain.folder), try summary(run.folder))
                #expect(after["temperature"] == expected.temperature)
                for name in ["ece", "mce", "log_loss", "brier_score"] {
                    #expect(after["\(name)_before"] == before[name])
                }
                #expect(after["log_loss"] == run.summary.fineTuned.logLoss)
                #expect(
                    try Data(contentsOf: run.folder.file("calibration_before.csv"))
                        == Data(contentsOf: plain.folder.file("calibration.csv")))
                #expect(
                    try Data(contentsOf: run.folder.file("model.weights.h5"))
                        == Data(contentsOf: plain.folder.file("model.weights.h5")))
            }
        }
    }

    @Test func `A run read back judges at its temperature, as does a network with the temperature in it`()
        throws
    {
        try RecordedRun.with(Self.wanted) { run in
            let model = try TrainedModel(run.folder)
            let own = try model.ownPictures()
            expectClose(try model.predictions(on: own), try run.predictions, within: 1e-6)
            let images = try own.indices(in: .test).map { try own.samples[$0].image() }
            let scores = try model.classifier.scores(of: images)
            let alone = try ImageClassifier(
                model.classifier.network, model.scaledParameters, classNames: model.classNames,
                scaling: model.classifier.scaling
            ).scores(of: images)
            for (row, (scores, alone)) in zip(try run.predictions.rows, zip(scores, alone)) {
                #expect(zip(row.scores, scores).allSatisfy { abs($0 - $1) <= 1e-6 })
                #expect(zip(row.scores, alone).allSatisfy { abs($0 - $1) <= 1e-6 })
            }
        }
    }

    @Test func `A finished run is calibrated as one that asked for it, and put back`() throws {
        try RecordedRun.with { run in
            try RecordedRun.with(Self.wanted) { expected in
                let before = try run.predictions
                let results = try RunCalibration(run.folder).fit()
                #expect(results == (try RunSummary.read(run.folder).fineTuned))
                #expect(results.temperature == expected.summary.fineTuned.temperature)
                for name in ["predictions.csv", "calibration.csv", "summary.csv", "calibration.svg"] {
                    #expect(
                        try Data(contentsOf: run.folder.file(name))
                            == Data(contentsOf: expected.folder.file(name)), "\(name)")
                }
                // Once more changes nothing but the last digits.
                let again = try #require(try RunCalibration(run.folder).fit().temperature)
                #expect(abs(again.temperature - (results.temperature?.temperature ?? 0)) < 1e-6)

                let removed = try RunCalibration(run.folder).remove()
                #expect(removed.temperature == nil)
                #expect(abs(removed.logLoss - run.summary.fineTuned.logLoss) < 1e-7)
                // The sums of what the network says differ from 1 by its rounding, those at a temperature do not.
                expectClose(try run.predictions, before, within: 1e-7)
                #expect(
                    !FileManager.default.fileExists(atPath: run.folder.path("calibration_before.csv")))
                #expect(
                    try run.folder.logLines.suffix(3).map { $0["event"] as? String }
                        == ["calibrated", "calibrated", "calibrated"])
            }
        }
    }

    @Test func `Where the files do not go together, or none were kept, the network is asked again`() throws {
        try RecordedRun.with { run in
            let validation = run.folder.file("validation_predictions.csv")
            let plain = try run.predictions
            // As if somebody had been interrupted after the first file.
            try EvidenceWriter(folder: run.folder.url).write(plain, at: TemperatureScaling(temperature: 3))
            var judged: [Split] = []
            let first = try RunCalibration(run.folder) { split, _, _ in judged.append(split) }.fit()
            #expect(Set(judged) == [.validation, .test])
            expectClose(
                try run.predictions, try #require(first.temperature).scaling(plain), within: 1e-6)

            try FileManager.default.removeItem(at: validation)
            judged = []
            let second = try RunCalibration(run.folder) { split, _, _ in judged.append(split) }.fit()
            #expect(Set(judged) == [.validation, .test])
            #expect(
                abs((second.temperature?.temperature ?? 0) - (first.temperature?.temperature ?? 1)) < 1e-6)
        }
    }

    @Test func `The baseline from random weights has a temperature of its own`() throws {
        try RecordedRun.with(Self.wanted, "training.baseline=from_scratch") { run in
            let (own, baseline) = (run.summary.fineTuned.temperature, run.summary.fromScratch?.temperature)
            #expect(own != nil && baseline != nil && own != baseline)
        }
    }

    @Test func `A head that is worked out has a temperature`() throws {
        try RecordedRun.with(
            "training.stages=[]", "model.head.solver={name: ridge, alpha: 10}", Self.wanted
        ) { run in
            let fitted = try #require(run.summary.fineTuned.temperature)
            #expect(fitted.logLoss.after < fitted.logLoss.before && fitted.temperature < 1)
        }
    }

    @Test func `Without validation pictures there is nothing to fit a temperature to`() throws {
        try SmallExperiment.with { small in
            let overrides = [Self.wanted, "data.splits.validation=0"]
            let error = #expect(throws: ExperimentError.self) {
                _ = try Experiment(.parse(small.yaml, overrides: overrides))
            }
            #expect("\(try #require(error))".contains("set data.splits.validation"))
            let run = try RecordedRun.recording(
                Experiment(.parse(small.yaml, overrides: [overrides[1]])), small)
            #expect(throws: ExperimentError.self) { try RunCalibration(run.folder).fit() }
        }
    }
}
