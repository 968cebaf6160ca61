import Foundation

/// Slurm, through its programs, which must be in the PATH.
struct SlurmClient: Sendable {
    /// What a program answered.
    private struct Answer {
        var status: Int32
        var output: String
        var error: String
    }

    /// Submits a script.
    /// - Returns: the job.
    /// - Throws: ``SweepError/slurm(command:reason:)``
    func submit(_ script: String, _ arguments: [String]) throws -> String {
        let output = try run("sbatch", ["--parsable"] + arguments, input: script)
        guard let job = output.split(whereSeparator: { $0 == ";" || $0.isWhitespace }).first else {
            throw SweepError.slurm(command: "sbatch", reason: "expected a job's number, found nothing")
        }
        return String(job)
    }

    /// Asks whether a script would be taken.
    /// - Throws: ``SweepError/slurm(command:reason:)`` where it would not.
    func test(_ script: String, _ arguments: [String]) throws {
        _ = try run("sbatch", ["--test-only"] + arguments, input: script)
    }

    /// The user's tasks of a name, those that were over a short while ago too.
    /// - Throws: ``SweepError/slurm(command:reason:)``
    func tasks(named name: String) throws -> [SlurmTask] {
        let output = try run(
            "squeue",
            ["--noheader", "--array", "--states=all", "--user=\(getuid())", "--name=\(name)"]
                + ["--Format=\(SlurmTask.format)"])
        return output.split(separator: "\n").compactMap(SlurmTask.init)
    }

    /// Cancels tasks that wait. One that Slurm is just about to start may be left.
    func cancelWaiting(_ tasks: [String]) {
        _ = try? run("scancel", ["--quiet", "--state=PENDING"] + tasks)
    }

    /// Asks tasks that run to end by themselves.
    func interrupt(_ tasks: [String]) {
        _ = try? run("scancel", ["--quiet", "--batch", "--signal=INT"] + tasks)
    }

    /// Cancels tasks.
    func cancel(_ tasks: [String]) { _ = try? run("scancel", ["--quiet"] + tasks) }

    /// The cluster's partitions.
    /// - Throws: ``SweepError/slurm(command:reason:)``
    func partitions() throws -> [SlurmPartition] {
        try run("sinfo", ["--noheader", "--format=%R|%a|%l|%D"]).split(separator: "\n")
            .compactMap(SlurmPartition.init)
    }

    private func run(_ program: String, _ arguments: [String], input: String = "") throws -> String {
        let answer: Answer
        do { answer = try ask(program, arguments, input: input) } catch {
            throw SweepError.slurm(command: program, reason: "\(error)")
        }
        guard answer.status != 127 else {
            throw SweepError.slurm(
                command: program, reason: "it is not in the PATH; start the sweep where jobs can be submitted"
            )
        }
        guard answer.status == 0 else {
            let said = answer.error.split(separator: "\n").joined(separator: "; ")
            throw SweepError.slurm(
                command: program, reason: said.isEmpty ? "it ended with the code \(answer.status)" : said)
        }
        return answer.output
    }

    private func ask(_ program: String, _ arguments: [String], input: String) throws -> Answer {
        let folder = FileManager.default.temporaryDirectory.appending(path: "graft-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, which take any amount, where pipes fill up.
        let files = ["input", "output", "error"].map { folder.appending(path: $0) }
        try Data(input.utf8).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let texts = try files[1...].map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Answer(status: process.terminationStatus, output: texts[0], error: texts[1])
    }
}

/// A partition as sinfo lists it.
struct SlurmPartition: Equatable, Sendable {
    /// Its name.
    let name: String
    /// Whether jobs in it are started.
    let isUp: Bool
    /// The greatest limit of time; nil for none.
    let limit: SlurmTime?

    /// A line of sinfo's.
    /// - Returns: nil for a line of another form.
    init?(_ line: Substring) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 4 else { return nil }
        (name, isUp, limit) = (String(fields[0]), fields[1] == "up", SlurmTime(String(fields[2])))
    }
}
