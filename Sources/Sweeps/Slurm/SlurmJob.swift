import Foundation

/// The job array that works on a sweep.
public struct SlurmJob: Sendable {
    private let settings: SlurmSettings
    private let command: [String]
    private let folder: String

    /// - Parameters:
    ///   - command: what a worker is, as words.
    ///   - folder: the sweep's folder.
    public init(_ settings: SlurmSettings, _ command: [String], folder: SweepFolder) {
        self.settings = settings
        self.command = command
        // A path, which unlike an address is the same however the folder was found.
        self.folder = folder.url.standardizedFileURL.resolvingSymlinksInPath().path
    }

    /// The job's name, which no other sweep's is.
    var name: String {
        // A comma would be two names to squeue.
        return "graft:" + folder.map { $0.isLetter || $0.isNumber || "/._-".contains($0) ? $0 : "_" }
    }

    /// Where the tasks write what they say.
    var logs: String { "\(folder)/slurm-JOB_TASK.log" }

    /// What a task does.
    var script: String {
        let quoted = command.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
        // In the shell's place, so that Slurm's signals reach the worker.
        return (["#!/bin/sh"] + settings.setup + ["exec \(quoted)", ""]).joined(separator: "\n")
    }

    /// The options of sbatch.
    func arguments(tasks count: Int) -> [String] {
        let log = folder.replacing("%", with: "%%") + "/slurm-%A_%a.log"
        return [
            "--job-name=\(name)", "--array=0-\(count - 1)", "--requeue", "--open-mode=append",
            "--output=\(log)",
        ] + settings.arguments
    }

    /// Cancels the tasks that wait.
    /// - Throws: ``SweepError/slurm(command:reason:)``
    public func cancelWaiting() throws {
        let client = SlurmClient()
        let waiting = try client.tasks(named: name).filter { $0.state == "PENDING" }.map(\.id)
        if !waiting.isEmpty { client.cancelWaiting(waiting) }
    }
}
