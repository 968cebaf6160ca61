import Foundation
import Reports
import Tracking

/// The drawings that a page makes of a run's tables itself: because another smoothing is wanted, or because the run's
/// folder has none, as that of a sweep's trial.
struct PageDrawings {
    private let folder: URL
    private let smoothing: Smoothing?
    private let record: RunRecord

    /// - Parameter smoothing: how curves are smoothed; nil for what suits the number of points.
    init(_ folder: URL, _ record: RunRecord, smoothing: Smoothing?) {
        (self.folder, self.record, self.smoothing) = (folder, record, smoothing)
    }

    /// The drawings by the names of their files without the ending, and why a table could not be drawn: that of a run
    /// which was killed, or goes on, may end in the middle of a line.
    func all() -> (drawings: [String: SVGDocument], problems: [String]) {
        var (drawings, problems) = ([String: SVGDocument](), [String]())
        for part in [curves, steps] {
            do { try drawings.merge(part()) { $1 } } catch { problems.append("Not drawn: \(error)") }
        }
        return (drawings, problems)
    }

    private func curves() throws -> [String: SVGDocument] {
        guard has("metrics.csv"), smoothing != nil || !has("learning_curves.svg") else { return [:] }
        var history = try LearningHistory(contentsOfCSV: folder.appending(path: "metrics.csv"))
        guard !history.epochs.isEmpty else { return [:] }
        history.best = best.flatMap { history.epochs.indices.contains($0) ? $0 : nil }
        return ["learning_curves": .learningCurvesPlot(history, smoothing: smoothing)]
    }

    private func steps() throws -> [String: SVGDocument] {
        guard has("steps.csv"), smoothing != nil || !has("steps.svg") || !has("learning_rate.svg") else {
            return [:]
        }
        let steps = try StepHistory(contentsOfCSV: folder.appending(path: "steps.csv"))
        guard !steps.steps.isEmpty else { return [:] }
        return [
            "steps": .stepsPlot(steps, smoothing: smoothing), "learning_rate": .learningRateTrace(steps),
        ]
    }

    /// The position of the epoch whose weights are kept because it is the best.
    private var best: Int? {
        guard record.facts["regularization.early_stopping.restore_best_weights"]?.description == "true",
            let epoch = record.facts["test_kept_epoch.epoch"]?.number
        else { return nil }
        return Int(epoch) - 1
    }

    private func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path(percentEncoded: false))
    }
}
