import Evaluation
import Foundation
import Reports

/// A run as far as it is compared with others.
public struct ComparedRun: Sendable {
    /// What it is called.
    public var name: String
    /// Its settings, by the paths that `--set` takes.
    public var settings: [String: Fact]
    /// Its epochs; none where nothing was trained yet.
    public var history: LearningHistory
    /// What it said of its test pictures; nil where it has not come to them, or they are of several classes each.
    public var predictions: Predictions?

    /// Reads a run's folder.
    /// - Throws: ``TrackingError/missing(run:file:)`` where it has no configuration, `ReportError` and
    ///   `ConfigurationError` where its files do not make sense.
    public init(name: String, folder: URL) throws {
        self.name = name
        let metrics = folder.appending(path: "metrics.csv")
        func exists(_ file: URL) -> Bool {
            FileManager.default.fileExists(atPath: file.path(percentEncoded: false))
        }
        guard exists(folder.appending(path: "config.yaml")) else {
            throw TrackingError.missing(run: name, file: "config.yaml")
        }
        settings = try RunRecord.settings(folder)
        history = exists(metrics) ? try LearningHistory(contentsOfCSV: metrics) : LearningHistory(epochs: [])
        predictions = try .ofRun(in: folder)
    }

    /// A run.
    init(name: String, settings: [String: Fact], history: LearningHistory, predictions: Predictions?) {
        (self.name, self.settings, self.history, self.predictions) = (name, settings, history, predictions)
    }
}
