import Foundation
import Graft
import TestSupport
import Testing

@testable import GraftCommand

@Suite(
    .serialized,
    .enabled(if: SlurmCluster.isInstalled, "needs Debian's packages slurmctld, slurmd and munge, and root"))
struct SlurmSweepTests {
    private let environment: [String: String]

    private struct NoCluster: Error { var reason: String }

    init() throws {
        let cluster = try SlurmCluster.shared.get()
        environment = cluster.environment
        let patience = Date() + 300
        while try ask("sinfo", "--noheader", "--format=%t", "--partition=low") != "idle\n" {
            if let reason = cluster.failure { throw NoCluster(reason: reason) }
            guard Date() < patience else {
                throw NoCluster(reason: try ask("sinfo") + ask("squeue"))
            }
            usleep(100_000)
        }
    }

    private func ask(_ words: String...) throws -> String {
        try Program.run("/usr/bin/env", words, environment: environment).output
    }

    private func write(
        _ small: SmallExperiment, cap: Int, executor: String, epochs: Int = 2
    ) throws {
        let yaml = """
            name: tiny
            experiment: small.yaml
            method: random
            metric: val_accuracy
            run_cap: \(cap)
            executor: \(executor)
            parameters:
              training.stages.0.epochs: {value: \(epochs)}
              training.stages.0.learning_rate: {distribution: log_uniform_values, min: 0.001, max: 0.3}

            """
        try Data(yaml.utf8).write(to: small.folder.appending(path: "sweep.yaml"))
    }

    private func start(_ small: SmallExperiment) throws -> Program.Running {
        try Program.start(
            Program.graft, ["sweep", "sweep.yaml", "--runs", "runs", "--workers", "2"], in: small.folder,
            environment: environment)
    }

    private func wait(for text: String, _ running: Program.Running) {
        let patience = Date() + 300
        while running.process.isRunning, Date() < patience, !running.output.contains(text) { usleep(20_000) }
    }

    private func trials(_ small: SmallExperiment) throws -> [Trial] {
        try SweepFolder.open(small.runs.appending(path: "tiny-001").path).store().trials()
    }

    /// The jobs, of which each is an array of tasks.
    private func logs(_ small: SmallExperiment) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: small.runs.appending(path: "tiny-001").path)
            .filter { $0.hasPrefix("slurm-") }.sorted()
    }

    @Test func `Tasks that are preempted are queued again, and no trial is lost or begun twice`() throws {
        try SmallExperiment.with { small in
            // Trials that last until Slurm has come to look at its queue again.
            try write(
                small, cap: 5, executor: "{type: slurm, partition: low, time: 20, mem: 200M}", epochs: 100)
            let running = try start(small)
            wait(for: "\ntrial 2 ", running)
            _ = try ask("sbatch", "--partition=high", "--ntasks=2", "--output=/dev/null", "--wrap=sleep 1")
            let outcome = running.wait()
            #expect(outcome.status == 0, "\(outcome.error)")
            let trials = try trials(small)
            #expect(trials.count == 5 && trials.allSatisfy { $0.state == .finished })
            #expect(trials.contains { $0.attempts > 1 })
            for trial in trials {
                let log = small.runs.appending(path: "tiny-001/\(trial.name)/log.jsonl")
                let text = try String(contentsOf: log, encoding: .utf8)
                #expect(text.components(separatedBy: "\"event\":\"began\"").count == 2)
            }
            // Slurm's own queue did it: there was one array.
            #expect(Set(try logs(small).map { $0.prefix { $0 != "_" } }).count == 1)
            #expect(outcome.output.contains("Slurm tasks: 2 running"))
        }
    }

    @Test func `A process that leads finds the tasks of one that died, and Ctrl-C cancels them`() throws {
        try SmallExperiment.with { small in
            try write(small, cap: 1_000, executor: "slurm")
            let first = try start(small)
            wait(for: "\ntrial 2 ", first)
            kill(first.process.processIdentifier, SIGKILL)
            _ = first.wait()
            let second = try start(small)
            wait(for: "Slurm tasks: 2 running", second)
            #expect(Set(try logs(small).map { $0.prefix { $0 != "_" } }).count == 1)
            second.process.interrupt()
            #expect(second.wait().status == 130)
            #expect(try ask("squeue", "--noheader") == "")
            #expect(try !trials(small).contains { $0.state == .running || $0.state == .failed })
        }
    }

    @Test func `To stop a sweep ends its tasks, those that wait too`() throws {
        try SmallExperiment.with { small in
            try write(small, cap: 1_000, executor: "{type: slurm, sbatch: [--nodelist=one]}")
            let running = try start(small)
            wait(for: "1 pending", running)
            let stop = try Program.run(
                Program.graft, ["sweep", "stop", "runs/tiny-001"], in: small.folder, environment: environment)
            #expect(stop.status == 0, "\(stop.error)")
            let outcome = running.wait()
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(try ask("squeue", "--noheader") == "")
            #expect(try !trials(small).contains { $0.state == .running || $0.state == .failed })
        }
    }

    @Test func `Tasks that somebody cancels are not replaced`() throws {
        try SmallExperiment.with { small in
            try write(small, cap: 1_000, executor: "slurm")
            let running = try start(small)
            wait(for: "\ntrial 1 ", running)
            _ = try ask("scancel", "--user=\(getuid())")
            let outcome = running.wait()
            #expect(outcome.status == 1 && outcome.error.contains("were cancelled"), "\(outcome.error)")
        }
    }

    @Test(arguments: [
        ("{type: slurm, partition: nope}", "nope: the cluster has none of this name, but low, high"),
        ("{type: slurm, partition: low, time: 2:00:00}", "expected a time of 1:00:00 at most, found 2:00:00"),
        ("{type: slurm, mem: 4T}", "sbatch: allocation failure"),
    ])
    func `A check asks Slurm before anything is submitted`(_ executor: String, _ expected: String) throws {
        try SmallExperiment.with { small in
            try write(small, cap: 2, executor: executor)
            let check = try Program.run(
                Program.graft, ["sweep", "sweep.yaml", "--check"], in: small.folder, environment: environment)
            #expect(check.status == 1 && check.error.contains(expected), "\(check.error)")
            #expect(!FileManager.default.fileExists(atPath: small.runs.path))
        }
    }
}
