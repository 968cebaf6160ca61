import Datasets
import Evaluation
import Foundation
import Reports
import Wording

/// A run for TensorBoard: its curves, its results, and its confusion matrix as a picture.
public enum TensorBoardExport {
    /// Writes an event file into a folder, which TensorBoard takes for a run; event files that are there and were
    /// written by Graft are replaced.
    /// - Returns: the file.
    /// - Throws: `ReportError` where the run's tables do not make sense, ``TrackingError/unwritable(file:reason:)``
    @discardableResult
    public static func write(_ run: URL, to folder: URL) throws -> URL {
        let record = RunRecord(run)
        let began = time(record.facts["began"]) ?? 0
        var events = TensorBoardEvents(time: began)
        let metrics = run.appending(path: "metrics.csv")
        var last = (step: 0, time: began)
        if exists(metrics) {
            for epoch in try LearningHistory(contentsOfCSV: metrics).epochs {
                last = (epoch.epoch, last.time + (epoch.seconds.isFinite ? epoch.seconds : 0))
                for (tag, value) in scalars(of: epoch) {
                    events.add(tag, .scalar(value), step: last.step, time: last.time)
                }
            }
        }
        for (key, fact) in record.facts.sorted(by: { $0.key < $1.key }) where key.hasPrefix("test_") {
            guard let number = fact.number else { continue }
            events.add("test/\(key.dropFirst(5))", .scalar(number), step: last.step, time: last.time)
        }
        if let predictions = try Predictions.ofRun(in: run) {
            let picture = ConfusionMatrix(predictions).picture
            events.add(
                "test/confusion_matrix",
                .png(try picture.png(), height: picture.height, width: picture.width), step: last.step,
                time: last.time)
        }
        return try write(events, began, to: folder)
    }

    /// The curves, in the groups that Keras's callback makes.
    private static func scalars(of epoch: EpochRecord) -> [(String, Double)] {
        [
            ("train/loss", epoch.loss), ("train/accuracy", epoch.accuracy),
            ("validation/loss", epoch.validationLoss), ("validation/accuracy", epoch.validationAccuracy),
            ("validation/balanced_accuracy", epoch.validationBalancedAccuracy),
            ("validation/f1_macro", epoch.validationF1Macro), ("validation/auc", epoch.validationAUC),
            ("learning_rate", epoch.learningRate), ("images_per_second", epoch.imagesPerSecond),
        ].compactMap { name, value in value.map { (name, $0) } }
    }

    private static func write(_ events: TensorBoardEvents, _ began: Double, to folder: URL) throws -> URL {
        let file = folder.appending(path: "events.out.tfevents.\(Int(began)).graft")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for name in try FileManager.default.contentsOfDirectory(
                atPath: folder.path(percentEncoded: false))
            where name.hasPrefix("events.out.tfevents.") && name.hasSuffix(".graft") {
                try FileManager.default.removeItem(at: folder.appending(path: name))
            }
            try events.data.write(to: file, options: .atomic)
        } catch {
            throw TrackingError.unwritable(
                file: file.path(percentEncoded: false), reason: reason(of: error))
        }
        return file
    }

    private static func exists(_ file: URL) -> Bool {
        FileManager.default.fileExists(atPath: file.path(percentEncoded: false))
    }

    private static func time(_ fact: Fact?) -> Double? {
        guard case .text(let text)? = fact else { return nil }
        return (try? Date(text, strategy: .iso8601))?.timeIntervalSince1970
    }
}

extension ConfusionMatrix {
    /// A cell a pair of classes, the darker the greater its share of the row's class; rows are true classes.
    fileprivate var picture: Image {
        let (cell, gap) = (24, 2)
        let shares = normalized(by: .true)
        let side = classNames.count * (cell + gap) + gap
        var pixels = [UInt8](repeating: 255, count: side * side * 3)
        for (row, line) in shares.enumerated() {
            for (column, share) in line.enumerated() {
                for y in 0..<cell {
                    for x in 0..<cell {
                        let start =
                            ((row * (cell + gap) + gap + y) * side + column * (cell + gap) + gap + x) * 3
                        // From a light grey to the drawings' blue.
                        for (channel, full) in [8.0, 66, 156].enumerated() {
                            pixels[start + channel] = UInt8((240 + (full - 240) * share).rounded())
                        }
                    }
                }
            }
        }
        return Image(height: side, width: side, channels: 3, pixels: pixels)
    }
}
