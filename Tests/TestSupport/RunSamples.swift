import Foundation

/// Folders of runs as `graft train` leaves them behind, without the training.
public struct RunSamples: Sendable {
    /// The folder of runs.
    public let runs: URL

    /// Runs a test with an empty folder of runs, which is removed afterwards.
    public static func with<Result>(_ body: (RunSamples) throws -> Result) throws -> Result {
        try Fixtures.withTemporaryFolder { try body(RunSamples(runs: $0)) }
    }

    /// Writes a run.
    @discardableResult
    public func write(
        _ name: String, architecture: String = "mobilenet", accuracy: Double? = 0.5, began: Int = 0,
        error: String? = nil
    ) throws -> URL {
        let folder = runs.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func write(_ text: String, _ file: String) throws {
            try Data(text.utf8).write(to: folder.appending(path: file))
        }
        try write(
            "name: flowers\nmodel:\n  architecture: \(architecture)\ntraining: {batch_size: 32}\n",
            "config.yaml")
        let time = "2026-11-25T09:\(began < 10 ? "0" : "")\(began):00Z"
        var log = #"{"command_line":["graft","train"],"event":"began","time":"\#(time)"}"# + "\n"
        if let error { log += #"{"error":"\#(error)","event":"failed","time":"\#(time)"}"# + "\n" }
        try write(log, "log.jsonl")
        guard let accuracy else { return folder }
        try write(
            """
            stage,epoch,learning_rate,loss,accuracy,val_loss,val_accuracy,seconds,images_per_second
            head,1,0.1,2.0,0.2,2.5,\(accuracy / 2),1.5,100
            head,2,0.1,1.0,0.6,1.5,\(accuracy),1.5,100

            """, "metrics.csv")
        try write(
            """
            {"began": "\(time)", "ended": "\(time)", "experiment": "flowers", "seed": 1, "parameter_count": 1000,
             "fine_tuned": {"accuracy": \(accuracy), "f1_macro": 0.25, "log_loss": 1.25, "seconds": 3, "epochs": 2,
              "balanced_accuracy": 0.5}, "splits": "as given"}
            """, "run.json")
        return folder
    }
}
