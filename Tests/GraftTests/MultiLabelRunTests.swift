import Foundation
import Graft
import TestSupport
import Testing

/// A run with pictures of several classes each, from the table to the evidence.
@Suite struct MultiLabelRunTests {
    /// Pictures that are bright at the top, at the left, both or neither; and the run with them.
    private func withRun(
        _ overrides: [String] = [], _ body: (_ run: RunFolder, _ summary: RunSummary) throws -> Void
    ) throws {
        try SmallExperiment.with(train: 3, test: 3) { small in
            var lines = ["file,top,left,split"]
            for number in 0..<48 {
                let (top, left) = (number % 2 == 1, number / 2 % 2 == 1)
                let pixels = SmallExperiment.pixels(number, brightTop: top, brightLeft: left)
                let image = Image(height: 32, width: 32, channels: 1, pixels: pixels)
                try image.png().write(to: small.folder.appending(path: "\(number).png"))
                let split = number < 32 ? "train" : number < 40 ? "val" : "test"
                lines.append("\(number).png,\(top ? 1 : 0),\(left ? 1 : 0),\(split)")
            }
            let table = small.folder.appending(path: "labels.csv")
            try Data(lines.joined(separator: "\n").utf8).write(to: table)
            let yaml = small.yaml.split(separator: "\n").map(String.init)
                .filter { !$0.contains("class_names") && !$0.contains("splits:") }
                .map { $0.contains("idx:") ? "  multilabel_csv: \(table.path(percentEncoded: false))" : $0 }
                .joined(separator: "\n")
            try Data(yaml.utf8).write(to: small.configuration)
            let configuration = try ExperimentConfiguration.load(
                path: small.configuration.path(percentEncoded: false),
                overrides: [
                    "model.head.pooling=flatten", "model.until=conv1_relu",
                    "training.stages=[{freeze: backbone, epochs: 15, learning_rate: 0.01}]",
                ] + overrides)
            let recorder = try RunRecorder(Experiment(configuration), in: small.runs)
            let summary = try recorder.run { _ in }
            try body(recorder.folder, summary)
        }
    }

    @Test func `Pictures of several classes are learnt, judged and written down`() throws {
        try withRun(["regularization.early_stopping={monitor: val_f1_macro, patience: 9}"]) { run, summary in
            #expect(summary.fineTuned.accuracy > 0.8)
            #expect(summary.fineTuned.hammingLoss.map { $0 < 0.15 } == true)
            func lines(_ name: String) throws -> [String] {
                try String(contentsOf: run.file(name), encoding: .utf8).split(separator: "\n").map(
                    String.init)
            }
            let predictions = try lines("predictions.csv")
            #expect(predictions[0] == "file,true,predicted,top,left")
            #expect(predictions.count == 9)
            #expect(predictions[4].hasPrefix("43.png,top;left,"))
            #expect(try lines("summary.csv").map { $0.split(separator: ",")[0] }.contains("hamming_loss"))
            #expect(try lines("average_precision.csv").count == 5)
            for name in [
                "precision_recall.svg", "det.svg", "thresholds.svg", "calibration.svg", "auc_intervals.svg",
                "validation_predictions.csv", "steps.svg",
            ] {
                #expect(try run.fileNames.contains(name), "\(name)")
            }
            // Two classes and all decisions, ten bins each.
            #expect(try lines("calibration.csv").count == 31)
            #expect(try lines("classification_report.csv").count == 7)
            #expect(try lines("multilabel_confusion_matrix.csv").count == 3)
            #expect(try lines("roc_auc.csv").count == 6)
            #expect(
                try lines("metrics.csv")[1].split(separator: ",", omittingEmptySubsequences: false).count
                    == 12)
        }
    }

    @Test func `A run read back predicts what it recorded, each class by itself`() throws {
        try withRun([
            "regularization.mixup=0.2", "training.loss={name: binary_crossentropy, pos_weight: balanced}",
        ]) {
            run, summary in
            let model = try TrainedModel(run)
            #expect(model.classifier.isMultiLabel)
            guard case .multiple(let found) = try model.judgement(on: model.ownPictures()) else {
                Issue.record("expected several labels")
                return
            }
            #expect(MultiLabelReport(found).subsetAccuracy == summary.fineTuned.accuracy)
            #expect(throws: ExperimentError.severalLabels(run: "small")) {
                try model.predictions(on: model.ownPictures())
            }
        }
    }

    @Test func `Heads in closed form are refused for several classes`() throws {
        try withRun(["training.stages.0.epochs=1"]) { run, _ in
            let experiment = try Experiment(.load(path: run.path("config.yaml")))
            #expect(throws: ExperimentError.severalLabels(run: "small")) {
                try Baseline(experiment, reusing: FeatureReuse())
            }
        }
    }

    @Test func `A temperature is refused for several classes, before and after training`() throws {
        let error = #expect(throws: ExperimentError.self) {
            try withRun(["evaluation.temperature_scaling=true"]) { _, _ in }
        }
        #expect(
            "\(try #require(error))".contains("one class of each picture, and some pictures are of several"))
        try withRun(["training.stages.0.epochs=1"]) { folder, _ in
            #expect(throws: ExperimentError.self) { try RunCalibration(folder) }
        }
    }

    @Test func `Losses that are not for several classes are refused`() {
        #expect(throws: ExperimentError.self) {
            try withRun(["training.loss=categorical_crossentropy"]) { _, _ in }
        }
        #expect(throws: ExperimentError.self) { try withRun(["training.class_weight=balanced"]) { _, _ in } }
    }
}
