import Foundation
import Graft
import TestSupport

/// A small run, recorded.
struct RecordedRun {
    let small: SmallExperiment
    let folder: RunFolder
    let summary: RunSummary

    /// Runs a test with a finished run, which is removed afterwards.
    static func with(
        _ overrides: String..., observe: @escaping ExperimentRunner.Observer = { _ in },
        body: (RecordedRun) throws -> Void
    ) throws {
        try SmallExperiment.with { small in
            let experiment = try Experiment(.parse(small.yaml, overrides: overrides))
            try body(.recording(experiment, small, observe))
        }
    }

    /// A run that is over: nobody has its log any more.
    static func recording(
        _ experiment: Experiment, _ small: SmallExperiment,
        _ observe: @escaping ExperimentRunner.Observer = { _ in }
    ) throws -> RecordedRun {
        let recorder = try RunRecorder(experiment, in: small.runs)
        let summary = try recorder.run(observe: observe)
        return RecordedRun(small: small, folder: recorder.folder, summary: summary)
    }

    /// The predictions as the run recorded them.
    var predictions: Predictions {
        get throws { try Predictions(contentsOfCSV: folder.file("predictions.csv")) }
    }
}

extension RunFolder {
    /// The names of the files, sorted, but for what is there only where the tests' own folder has changes.
    var fileNames: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false)).sorted()
                .filter { $0 != "git.diff" }
        }
    }

    /// The log's lines.
    var logLines: [[String: Any]] {
        get throws {
            try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map {
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
            }
        }
    }
}
