import Foundation
import Graft

/// The processes of a sweep: one that leads, which a person sees, and the workers.
enum SweepProcess {
    /// Has workers work on a sweep until nothing is left to do.
    static func lead(_ sweep: SweepConfiguration, _ arguments: Arguments) throws {
        let count = try arguments.integer("workers", atLeast: 1, command: "sweep") ?? 1
        let runs = arguments.runs
        if case .slurm(let settings) = sweep.executor { try settings.check() }
        let (folder, wasThere) = try SweepFolder.find(sweep, in: runs, isNew: arguments.has("new"))
        let store = try folder.store()
        try store.setStopped(false)
        Interruption.listen()
        let workers = try executor(sweep, folder, count: count, arguments)
        var console = SweepConsole(sweep, folder: folder, workers: count)
        console.begin(wasThere: wasThere, isNew: arguments.has("new"), trials: try store.trials())
        try follow(workers, store) {
            let trials = try store.trials()
            workers.hear(progress: SweepProgress(sweep, trials).achieved)
            console.show(trials, workers: workers.note)
        }
        let trials = try store.trials()
        // Whoever was killed may have finished a trial and no more.
        folder.removeSurpassedWeights(sweep, trials)
        try folder.writeReport(sweep, trials)
        console.conclude(trials)
        Terminal.output.print(SweepActions.reportLine(folder))
        if Interruption.isRequested {
            throw ResumableInterruption(command: command(arguments))
        }
        if let last = trials.last?.error, trials.allSatisfy({ $0.state == .failed }) {
            throw SweepError.allFailed(count: trials.count, last: last)
        }
    }

    private static func executor(
        _ sweep: SweepConfiguration, _ folder: SweepFolder, count: Int, _ arguments: Arguments
    ) throws -> any Executor {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let asked = try arguments.integer("threads-per-worker", atLeast: 1, command: "sweep")
        let words = { (threads: Int) in
            ["sweep", "worker", folder.path, "--threads-per-worker", "\(asked ?? threads)"]
                + passedOn(arguments)
        }
        switch sweep.executor {
        case .local:
            let cores = ProcessInfo.processInfo.activeProcessorCount
            return WorkerProcesses(
                program, words(max(1, cores / count)), count: count,
                log: folder.url.appending(path: "workers.log"))
        case .slurm(let settings):
            let command = [program.path(percentEncoded: false)] + words(settings.cpusPerTask)
            return SlurmWorkers(SlurmJob(settings, command, folder: folder), count: count)
        }
    }

    private static func passedOn(_ arguments: Arguments) -> [String] {
        ["give-up-after", "lease", "workers"].flatMap { name in
            arguments.value(name).map { ["--\(name)", $0] } ?? []
        }
    }

    /// The command line that goes on, as it was given.
    private static func command(_ arguments: Arguments) -> String {
        (["graft"] + CommandLine.arguments.dropFirst().filter { $0 != "--new" }.map(shellWord))
            .joined(separator: " ")
    }

    private static func follow(
        _ workers: any Executor, _ store: any SweepStore, show: () throws -> Void
    ) throws {
        var wasInterrupted = false
        defer { workers.interrupt() }
        while true {
            try workers.tend()
            if workers.workerCount == 0, workers.hasEnded || wasInterrupted { return }
            if !wasInterrupted, try Interruption.isRequested || store.isStopped() {
                wasInterrupted = true
                workers.interrupt()
            }
            try show()
            usleep(200_000)
        }
    }

    /// Works on a sweep, as the process that leads wants it.
    static func work(_ folder: SweepFolder, _ arguments: Arguments) throws {
        try arguments.setThreads("threads-per-worker", command: "sweep")
        Interruption.listen()
        let parent = getppid()
        var settings = SweepWorker.Settings()
        if let limit = try arguments.integer("give-up-after", atLeast: 1, command: "sweep") {
            settings.crashLimit = limit
        }
        if let lease = try arguments.integer("lease", atLeast: 1, command: "sweep") {
            settings.lease = Double(lease)
        }
        settings.workers = try arguments.integer("workers", atLeast: 1, command: "sweep") ?? 1
        let worker = try SweepWorker(
            try folder.sweep(), in: folder, store: { try folder.store() }, runner: RecordedTrial(),
            settings: settings
        ) {
            // Whoever began it has gone, and nobody would end it.
            if getppid() != parent { throw CancellationError() }
            try Interruption.check()
        }
        try worker.run()
    }
}
