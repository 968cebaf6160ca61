import Foundation
import Graft
import TestSupport
import Testing

@Suite struct RunRecorderTests {
    private static let evidence = [
        "auc_intervals.csv", "auc_intervals.svg", "average_precision.csv", "calibration.csv",
        "calibration.svg", "classification_report.csv", "confusion_matrix.csv",
        "confusion_matrix.svg", "confusion_matrix_by_all.csv", "confusion_matrix_by_column.csv",
        "confusion_matrix_clustered.csv", "confusion_matrix_clustered.svg",
        "confusion_matrix_normalized.csv", "det.csv", "det.svg", "learning_curves.svg",
        "metrics.csv", "precision_recall.csv", "precision_recall.svg", "predictions.csv", "roc.csv",
        "roc.svg", "roc_auc.csv", "summary.csv", "thresholds.csv", "thresholds.svg", "top_k.csv",
        "validation_predictions.csv",
    ]
    private static let run = [
        "class_balance.csv", "class_balance.svg", "config.yaml", "duplicates.csv", "gallery.csv",
        "gallery_cells.svg", "gallery_mistakes.svg", "gallery_uncertain.svg", "learning_rate.svg",
        "log.jsonl",
        "model.weights.h5", "run.json", "steps.csv", "steps.svg",
    ]

    @Test func `A run leaves everything that was promised, and nothing else`() throws {
        try RecordedRun.with("training.baseline=from_scratch") { run in
            #expect(try run.folder.fileNames == (Self.evidence + Self.run + ["from_scratch"]).sorted())
            let baseline = RunFolder(url: run.folder.file("from_scratch"))
            #expect(try baseline.fileNames == Self.evidence)
            #expect(try RunSummary.read(run.folder).encoded() == run.summary.encoded())
            #expect(run.summary.fromScratch != nil)
            #expect(
                run.summary.pictures == ["train": [9, 9, 9], "validation": [3, 3, 3], "test": [6, 6, 6]])
            #expect(run.summary.pictureCounts == ["train": 27, "validation": 9, "test": 18])
            let metrics = try CSVReader(contentsOf: run.folder.file("metrics.csv"))
            #expect(metrics.records.map { $0.fields[1] } == ["1", "2", "3", "4", "5"])
            #expect(try run.predictions.rows.count == 18)
        }
    }

    @Test func `The kept weights judge the validation pictures, as validation did in training`() throws {
        try RecordedRun.with { run in
            let validation = try Predictions(contentsOfCSV: run.folder.file("validation_predictions.csv"))
            let kept = try #require(run.summary.fineTuned.keptEpoch)
            #expect(validation.rows.count == 9)
            #expect(ConfusionMatrix(validation).accuracy == kept.validationAccuracy)
            #expect(abs(try validation.logLoss() - (kept.validationLoss ?? 0)) < 1e-5)
        }
    }

    @Test func `Where groups are known, predictions name them, and a table tells them apart`() throws {
        try RecordedRun.with("data.group_pattern='([0-9])$'") { run in
            let test = try run.predictions
            #expect(test.rows.map(\.group) == test.rows.indices.map { "\($0 % 10)" })
            let validation = try Predictions(contentsOfCSV: run.folder.file("validation_predictions.csv"))
            let isLastDigit = validation.rows.allSatisfy { $0.group == String($0.identifier.suffix(1)) }
            #expect(isLastDigit)
            let groups = try CSVReader(contentsOf: run.folder.file("groups.csv"))
            #expect(groups.records.count == 10)
            #expect(try run.folder.fileNames.contains("groups.svg"))
            // Where they need not be kept together, they are known all the same, and split as if they were not.
            try RecordedRun.with("data.group_pattern='([0-9])$'", "data.keep_groups=false") { torn in
                #expect(try torn.predictions.rows.map(\.group) == test.rows.map(\.group))
                try RecordedRun.with { plain in
                    let name = "validation_predictions.csv"
                    let (a, b) = (
                        try Predictions(contentsOfCSV: torn.folder.file(name)),
                        try Predictions(contentsOfCSV: plain.folder.file(name))
                    )
                    #expect(a.rows.map(\.identifier) == b.rows.map(\.identifier))
                }
            }
        }
    }

    @Test func `The log tells the run from its beginning to its end, in the names of the other files`() throws
    {
        try RecordedRun.with { run in
            let lines = try run.folder.logLines
            #expect(
                lines.map { $0["event"] as? String } == [
                    "began", "stage_began", "epoch", "epoch", "epoch", "stage_ended", "stage_began", "epoch",
                    "epoch", "stage_ended", "ended",
                ])
            let isSnakeCase = lines.flatMap(\.keys).allSatisfy { $0 == $0.lowercased() }
            #expect(isSnakeCase)
            #expect(lines[2]["val_loss"] is Double)
            #expect(lines[0]["graft_version"] as? String == graftVersion)
            #expect(lines[1]["trainable_parameters"] as? Int == 99)
            #expect((lines.last?["fine_tuned"] as? [String: Any])?["accuracy"] is Double)
        }
    }

    @Test func `A run says what its numbers depend on`() throws {
        try RecordedRun.with { run in
            let provenance = try #require(run.summary.provenance)
            let expected = ["HDF5", "OpenBLAS", "libjpeg", "libpng", "libtiff", "libzip", "oneDNN", "zlib"]
            #expect(provenance.libraries.keys.sorted() == expected)
            #expect(!provenance.libraries.values.contains("unknown"))
            #expect(provenance.processor == .current)
            #expect(provenance.threads == 1)
            #expect(provenance.weightsSHA256 == nil)
            let hash = try Experiment(.parse(run.small.yaml)).dataset.contentHash().description
            #expect(provenance.dataHash == hash)
            let began = try run.folder.logLines[0]["provenance"] as? [String: Any]
            #expect(began?["data_hash"] as? String == provenance.dataHash)
        }
    }

    @Test func `The results name the epoch whose weights are kept, and not the last`() throws {
        let stage = "training.stages=[{name: all, epochs: 4, learning_rate: 3}]"
        let stopping = "regularization.early_stopping={monitor: val_loss, patience: 9}"
        try RecordedRun.with(stage, stopping) { run in
            let kept = try #require(run.summary.fineTuned.keptEpoch)
            let metrics = try CSVReader(contentsOf: run.folder.file("metrics.csv"))
            let losses = metrics.records.compactMap { Double($0.fields[5]) }
            #expect(losses.count == 4)
            #expect(kept.validationLoss == losses.min())
            #expect(losses[kept.epoch - 1] == losses.min())
        }
        try RecordedRun.with(stage) { run in #expect(run.summary.fineTuned.keptEpoch?.epoch == 4) }
        try RecordedRun.with(stage, "regularization.swa={start_epoch: 2}") { run in
            #expect(run.summary.fineTuned.keptEpoch == nil)
        }
    }

    @Test func `The configuration in a run gives the same run again`() throws {
        try RecordedRun.with("data.augmentation.rotation=10", "model.head.dropout=0.1") { run in
            let again = try Experiment(.load(path: run.folder.path("config.yaml")))
            let recorder = try RunRecorder(again, in: run.small.runs)
            _ = try recorder.run { _ in }
            #expect(recorder.folder.name == "small-002")
            for name in ["config.yaml", "predictions.csv"] {
                #expect(
                    try Data(contentsOf: recorder.folder.file(name))
                        == Data(contentsOf: run.folder.file(name)), "\(name)")
            }
            let (first, second) = (try TrainedModel(run.folder), try TrainedModel(recorder.folder))
            #expect(first.classifier.network.parameterCount == second.classifier.network.parameterCount)
        }
    }

    private func unfinished(
        _ overrides: String..., observe: @escaping ExperimentRunner.Observer = { _ in },
        body: (RunFolder, any Error) throws -> Void
    ) throws {
        try SmallExperiment.with { small in
            let recorder = try RunRecorder(
                try Experiment(.parse(small.yaml, overrides: overrides)), in: small.runs)
            let error = #expect(throws: (any Error).self) { try recorder.run(observe: observe) }
            #expect(!FileManager.default.fileExists(atPath: recorder.folder.path("run.json")))
            try body(recorder.folder, try #require(error))
        }
    }

    @Test func `A run that fails says so in its log and has no summary`() throws {
        try unfinished("training.stages.0.learning_rate=3e38") { folder, error in
            let last = try #require(try folder.logLines.last as [String: Any]?)
            #expect(last["event"] as? String == "failed")
            #expect(last["error"] as? String == "\(error)")
            #expect("\(error)".contains("try a smaller learning rate"))
        }
    }

    @Test func `A run that is interrupted says so in its log and has no summary`() throws {
        let interrupting: ExperimentRunner.Observer = { event in
            if case .training(.epochEnded(let record), _) = event, record.epoch == 2 {
                throw CancellationError()
            }
        }
        try unfinished(observe: interrupting) { folder, error in
            let names = try folder.fileNames
            let events = try folder.logLines.map { $0["event"] as? String }
            #expect(error is CancellationError)
            #expect(events.suffix(2) == ["epoch", "interrupted"])
            #expect(
                names == [
                    "checkpoint.h5", "checkpoint.previous.h5", "class_balance.csv", "class_balance.svg",
                    "config.yaml", "duplicates.csv", "learning_curves.svg", "log.jsonl", "metrics.csv",
                    "steps.csv",
                ])
        }
    }

    @Test func `A picture that is broken fails the run, or is left out`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let small = SmallExperiment(folder: folder)
            for (name, picture) in [("colour", "images/rgb.jpg"), ("grey", "images/grey.png")] {
                let target = folder.appending(path: "pictures/train/\(name)")
                let test = folder.appending(path: "pictures/test/\(name)")
                for (folder, count) in [(target, 5), (test, 2)] {
                    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                    for number in 1...count {
                        try FileManager.default.copyItem(
                            at: Fixtures.url("datasets/\(picture)"),
                            to: folder.appending(path: "\(number).png"))
                    }
                }
            }
            try FileManager.default.copyItem(
                at: Fixtures.url("datasets/broken/cut.png"),
                to: folder.appending(path: "pictures/train/grey/broken.png"))
            let yaml = small.yaml.replacing("idx: ", with: "image_folder: ")
                .replacing("  class_names", with: "  # ")
            let failing = try RunRecorder(try Experiment(.parse(yaml)), in: small.runs)
            let error = #expect(throws: DatasetError.self) { try failing.run { _ in } }
            #expect("\(try #require(error))".contains("train/grey/broken.png: not a readable picture"))
            #expect(try failing.folder.logLines.last?["error"] as? String == "\(try #require(error))")

            let skipping = try RunRecorder(
                try Experiment(.parse(yaml, overrides: ["data.on_error=skip"])), in: small.runs)
            #expect(try skipping.run { _ in }.skipped == 1)
            let skipped = try #require(try skipping.folder.logLines.first?["skipped"] as? [String])
            #expect(skipped.count == 1 && skipped[0].contains("broken.png"))
        }
    }

    @Test func `Runs that cannot be recorded do not begin`() throws {
        try SmallExperiment.with { small in
            let experiment = try Experiment(.parse(small.yaml))
            let error = #expect(throws: ExperimentError.self) {
                _ = try RunRecorder(experiment, in: small.configuration)
            }
            #expect("\(try #require(error))".contains("small.yaml: "))
        }
    }
}
