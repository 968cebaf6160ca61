import Foundation
import Graft

/// The processes of a sweep: one that leads, which a person sees, and the workers.
enum SweepProcess {
    /// Has workers work on a sweep until nothing is left to do.
    static func lead(_ sweep: SweepConfiguration, _ arguments: Arguments) throws {
        let count = try arguments.integer("workers", atLeast: 1, command: "sweep") ?? 1
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let threads =
            try arguments.integer("threads-per-worker", atLeast: 1, command: "sweep") ?? max(1, cores / count)
        let runs = arguments.runs
        let (folder, wasThere) = try SweepFolder.find(sweep, in: runs, isNew: arguments.has("new"))
        let store = try folder.store()
        try store.setStopped(false)
        Interruption.listen()
        let workers = WorkerProcesses(
            URL(filePath: "/proc/self/exe").resolvingSymlinksInPath(),
            ["sweep", "worker", folder.path, "--threads-per-worker", "\(threads)"] + passedOn(arguments),
            count: count, log: folder.url.appending(path: "workers.log"))
        var console = SweepConsole(sweep, folder: folder, workers: count)
        console.begin(wasThere: wasThere, trials: try store.trials())
        try follow(workers) {
            let trials = try store.trials()
            workers.note(progress: SweepProgress(sweep, trials).achieved)
            console.show(trials)
        }
        let trials = try store.trials()
        try folder.writeReport(sweep, trials)
        console.conclude(trials)
        Terminal.output.print(SweepActions.reportLine(folder))
        if Interruption.isRequested {
            throw ResumableInterruption(command: command(arguments))
        }
    }

    private static func passedOn(_ arguments: Arguments) -> [String] {
        ["give-up-after", "lease"].flatMap { name in arguments.value(name).map { ["--\(name)", $0] } ?? [] }
    }

    /// The command line that goes on, as it was given.
    private static func command(_ arguments: Arguments) -> String {
        (["graft"] + CommandLine.arguments.dropFirst().filter { $0 != "--new" }.map(shellWord))
            .joined(separator: " ")
    }

    private static func follow(_ workers: WorkerProcesses, show: () throws -> Void) throws {
        var wasInterrupted = false
        defer { workers.interrupt() }
        while true {
            try workers.tend()
            if workers.workerCount == 0, workers.hasEnded || wasInterrupted { return }
            if Interruption.isRequested, !wasInterrupted {
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
