import Foundation
import Graft
import TestSupport
import Testing

@testable import GraftCommand

@Suite struct SweepTests {
    private static func write(
        _ small: SmallExperiment, method: String = "random", cap: Int, more: String = "", first: String = ""
    ) throws {
        let yaml = """
            name: tiny
            experiment: small.yaml
            method: \(method)
            metric: val_accuracy
            run_cap: \(cap)
            seed: 2
            \(more)
            parameters:
              \(first)
              training.stages.0.epochs: {value: 2}
              training.stages.0.learning_rate: {distribution: log_uniform_values, min: 0.001, max: 0.3}
              model.head.dropout: {values: [0, 0.3]}

            """
        try Data(yaml.utf8).write(to: small.folder.appending(path: "sweep.yaml"))
    }

    private static func trials(_ small: SmallExperiment) throws -> [Trial] {
        try SweepFolder.open(small.runs.appending(path: "tiny-001").path).store().trials()
    }

    /// How often an event is in the log of a trial's run.
    private static func count(_ event: String, _ trial: Trial, _ small: SmallExperiment) throws -> Int {
        let log = small.runs.appending(path: "tiny-001/\(trial.name)/log.jsonl")
        return try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
            .count { $0.contains("\"event\":\"\(event)\"") }
    }

    private static let words = [
        "sweep", "sweep.yaml", "--runs", "runs", "--workers", "2", "--give-up-after", "1000",
    ]

    @Test func `A sweep runs its trials, shows them, and gives the best back`() throws {
        try SmallExperiment.with { small in
            try Self.write(small, cap: 4, more: "early_terminate: {type: median, min_iter: 1, min_trials: 2}")
            let check = try Program.graft("sweep", "sweep.yaml", "--check", in: small.folder)
            #expect(check.status == 0 && check.output.contains("0.001 to 0.3, log-uniform"))
            let outcome = try Program.run(Program.graft, Self.words, in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(outcome.output.contains("train the best again with: graft sweep apply runs/tiny-001"))
            let trials = try Self.trials(small)
            #expect(trials.count == 4 && trials.allSatisfy { $0.state == .finished || $0.state == .stopped })
            let best = try Program.graft("sweep", "best", "runs/tiny-001", in: small.folder)
            #expect(best.output.contains("training.stages.0.learning_rate: "))
            let applied = try Program.graft(
                "sweep", "apply", "runs/tiny-001", "--to", "best.yaml", in: small.folder)
            #expect(applied.status == 0, "\(applied.error)")
            #expect(try Program.graft("train", "best.yaml", "--check", in: small.folder).status == 0)
            // The report is there, and can be made again.
            let table = try CSVReader(contentsOf: small.runs.appending(path: "tiny-001/trials.csv"))
            #expect(table.records.map { $0.fields[1] } == trials.map(\.state.rawValue))
            let page = small.runs.appending(path: "tiny-001/report.html")
            try FileManager.default.removeItem(at: page)
            let report = try Program.graft("sweep", "report", "runs/tiny-001", in: small.folder)
            #expect(report.output.contains("runs/tiny-001/report.html"))
            #expect(FileManager.default.fileExists(atPath: page.path))
            // The same command finds nothing left to do.
            let again = try Program.run(Program.graft, Self.words, in: small.folder)
            #expect(again.output.contains("resumed   4 trials done already"))
            #expect(try Self.trials(small) == trials)
        }
    }

    @Test func `A trial that cannot be made fails with its reason, and can be tried again`() throws {
        try SmallExperiment.with { small in
            try Self.write(small, cap: 1)
            try FileManager.default.moveItem(at: small.pictures, to: small.folder.appending(path: "gone"))
            let check = try Program.graft("sweep", "sweep.yaml", "--check", in: small.folder)
            #expect(check.status == 1 && check.error.contains("pictures"), "\(check)")
            #expect(check.output.contains("TRIAL  LEARNING_RATE"))
            let outcome = try Program.run(Program.graft, Self.words, in: small.folder)
            #expect(outcome.status == 1 && outcome.error.contains("the only trial failed: "), "\(outcome)")
            #expect(try Self.trials(small).map(\.state) == [.failed])
            #expect(try Self.trials(small)[0].error?.contains("pictures") == true)
            try FileManager.default.moveItem(at: small.folder.appending(path: "gone"), to: small.pictures)
            #expect(try Program.graft("sweep", "retry", "runs/tiny-001", in: small.folder).status == 0)
            #expect(try Program.run(Program.graft, Self.words, in: small.folder).status == 0)
            #expect(try Self.trials(small).map(\.state) == [.finished])
        }
    }

    @Test func `Trials are compared by any number of their epochs`() throws {
        try SmallExperiment.with { small in
            try Self.write(small, cap: 1, more: "early_terminate: {type: median}")
            let file = small.folder.appending(path: "sweep.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacing("val_accuracy", with: "val_f1_macro").utf8).write(to: file)
            let outcome = try Program.run(Program.graft, Self.words, in: small.folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            let trial = try #require(try Self.trials(small).first)
            let metrics = try CSVReader(
                contentsOf: small.runs.appending(path: "tiny-001/\(trial.name)/metrics.csv"))
            let column = try #require(metrics.header.firstIndex(of: "val_f1_macro"))
            let values = try metrics.records.map { try #require(Double($0.fields[column])) }
            #expect(trial.epochs.map { $0["val_f1_macro"] } == values)
            #expect(values.contains { $0 == trial.results["val_f1_macro"] })
        }
    }

    @Test func `A check tells of a metric that there are no pictures for`() throws {
        try SmallExperiment.with { small in
            try Self.write(small, cap: 1, first: "data.splits.validation: {value: 0}")
            let check = try Program.graft("sweep", "sweep.yaml", "--check", in: small.folder)
            #expect(check.status == 1 && check.error.contains("val_accuracy"), "\(check)")
        }
    }

    @Test func `Ctrl-C ends a sweep, and says how to go on`() throws {
        try SmallExperiment.with { small in
            try Self.write(small, cap: 100)
            let running = try Program.start(Program.graft, Self.words, in: small.folder)
            // What lasts less long than the console looks away is told at its end only.
            while running.process.isRunning, !running.output.contains("\ntrial ") { usleep(10_000) }
            running.process.interrupt()
            let outcome = running.wait()
            #expect(outcome.status == 130, "\(outcome)")
            #expect(outcome.error.contains("go on with: graft sweep sweep.yaml --runs runs --workers 2"))
            #expect(try !Self.trials(small).contains { $0.state == .running || $0.state == .failed })
        }
    }

    /// The processes of the sweep in a folder: the one that leads, and the workers.
    private static func processes(_ small: SmallExperiment, workers: Bool) -> [pid_t] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { pid_t($0) }.filter { process in
            let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")
            guard link == small.folder.resolvingSymlinksInPath().path else { return false }
            let words = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
            return words.contains("sweep\0") && words.contains("sweep\0worker") == workers
        }
    }

    /// The tests' PostgreSQL server, once it answers.
    private static func server() throws -> String {
        let server = try PostgreSQLServer.shared.get()
        let address = ServerAddress(url: server.url, schema: "public")
        let patience = Date() + 300
        while server.failure == nil, Date() < patience, (try? address.check()) == nil { usleep(50_000) }
        try #require(server.failure == nil)
        return address.url
    }

    @Test(.enabled(if: PostgreSQLServer.isInstalled, "needs Debian's package postgresql-15"))
    func `A check asks the server that is to keep the state`() throws {
        try SmallExperiment.with { small in
            try Self.write(small, cap: 1, more: "storage: \(try Self.server())")
            let answer = try Program.graft("sweep", "sweep.yaml", "--check", in: small.folder)
            #expect(
                answer.status == 0 && answer.output.contains("postgresql:///postgres answers"), "\(answer)")
            try Self.write(small, cap: 1, more: "storage: postgresql://me@127.0.0.1:1/sweeps")
            let silence = try Program.graft("sweep", "sweep.yaml", "--check", in: small.folder)
            #expect(silence.status == 1 && silence.error.contains("postgresql://127.0.0.1:1/sweeps"))
        }
    }

    /// What can keep a sweep's state on this machine.
    private static let stores = PostgreSQLServer.isInstalled ? ["a file", "PostgreSQL"] : ["a file"]

    @Test(.serialized, arguments: stores)
    func `A hundred processes are killed, and no trial is lost, repeated or run twice`(_ store: String) throws
    {
        let server = store == "a file" ? nil : try Self.server()
        try Self.killing(100, epochs: 4, more: server.map { "storage: \($0)" } ?? "")
    }

    @Test func `Workers that train heads together are killed, and no trial is lost, repeated or run twice`()
        throws
    {
        let stage =
            "training.stages: {value: [{name: head, freeze: backbone, epochs: 4, learning_rate: 0.1}]}"
        try Self.killing(30, epochs: 2, first: stage)
    }

    /// Kills processes of a sweep of 30 trials while it runs, and checks that it comes to its end all the same. On a
    /// machine that is through before so many are killed, there are more trials.
    /// - Parameters:
    ///   - first: a parameter before the others.
    ///   - more: keys of the sweep.
    private static func killing(_ count: Int, epochs: Int, first: String = "", more: String = "") throws {
        try SmallExperiment.with { small in
            try Self.write(small, cap: 30, more: more, first: first)
            var random = SeededRandom(seed: UInt64.random(in: 0...UInt64.max))
            var (cap, kills, finished) = (30, 0, [Int: Trial]())
            var leader = try Program.start(Program.graft, Self.words, in: small.folder)
            while kills < count {
                usleep(UInt32(20_000 + random.index(below: 120_000)))
                let workers = Self.processes(small, workers: true)
                // Any worker; sometimes the one that leads, sometimes everything at once.
                switch random.index(below: 8) {
                case 0: kills += Self.kill(Self.processes(small, workers: false) + workers)
                case 1: kills += Self.kill(Self.processes(small, workers: false))
                default:
                    kills += Self.kill(workers.isEmpty ? [] : [workers[random.index(below: workers.count)]])
                }
                for trial in (try? Self.trials(small)) ?? [] where trial.state == .finished {
                    #expect(finished.updateValue(trial, forKey: trial.number) ?? trial == trial)
                }
                guard !leader.process.isRunning else { continue }
                if leader.wait().status == 0 {
                    cap += 10
                    try Self.write(small, cap: cap, more: more, first: first)
                }
                leader = try Program.start(Program.graft, Self.words, in: small.folder)
            }
            _ = Self.kill([leader.process.processIdentifier])
            _ = leader.wait()
            #expect(kills >= count)
            // On a machine that is busy the rest may take longer than a program is waited for.
            var outcome = try Program.run(Program.graft, Self.words, in: small.folder)
            for _ in 0..<5 where outcome.status == -1 {
                outcome = try Program.run(Program.graft, Self.words, in: small.folder)
            }
            #expect(outcome.status == 0, "\(outcome.error)")
            try Self.check(small, cap, finished, epochs: epochs)
        }
    }

    /// Every trial ran to its end with the settings that were drawn for it, and those that had finished were left alone.
    private static func check(
        _ small: SmallExperiment, _ count: Int, _ finished: [Int: Trial], epochs: Int
    ) throws {
        let trials = try trials(small)
        #expect(trials.map(\.number) == Array(1...count))
        let sweep = try SweepFolder.open(small.runs.appending(path: "tiny-001").path).sweep()
        for trial in trials {
            #expect(trial.state == .finished, "\(trial.error ?? "")")
            let drawn = try sweep.sampler.assignment(trial.number - 1, in: sweep.space, after: [])
            #expect(trial.assignment == drawn)
            #expect(try Self.count("began", trial, small) <= 1)
            #expect(trial.epochs.count == epochs && trial.results["test_accuracy"] != nil)
            #expect(finished[trial.number] ?? trial == trial)
            let run = RunFolder(url: small.runs.appending(path: "tiny-001/\(trial.name)"))
            let rate = try ExperimentConfiguration.load(path: run.path("config.yaml")).training.stages[0]
            #expect(rate.learningRate.base == trial.assignment["training.stages.0.learning_rate"])
        }
    }

    private static func kill(_ processes: [pid_t]) -> Int {
        processes.count { Foundation.kill($0, SIGKILL) == 0 }
    }
}
