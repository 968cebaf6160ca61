import Foundation

/// Workers that are the tasks of Slurm's job arrays.
///
/// The tasks are known by the sweep's name, so that a process that leads, begun again after its machine died, finds those
/// of the one before, and two that lead the same sweep share them.
public final class SlurmWorkers: Executor {
    private let job: SlurmJob
    private let count: Int
    private let client = SlurmClient()
    private var jobs: Set<String> = []
    private var ended: Set<String> = []
    private var live: [SlurmTask] = []
    private var failures = 0
    private var cancelled = 0
    private var interrupted: Date?
    private var answered = Date()
    private var rest = 1.0
    private var next = Date.distantPast

    /// Whether one of the workers found nothing left to do.
    public private(set) var hasEnded = false

    /// - Parameter count: how many tasks there are at a time.
    public init(_ job: SlurmJob, count: Int) { (self.job, self.count) = (job, count) }

    /// How many tasks run, or wait to run.
    public var workerCount: Int { live.count }

    /// How the tasks are.
    public var note: String? {
        guard next > .distantPast else { return nil }
        if Date().timeIntervalSince(answered) > 30 { return "Slurm does not answer" }
        let states = Dictionary(grouping: live) { task in
            let reason = task.reason == "None" || task.reason.isEmpty ? "" : " (\(task.reason))"
            return task.state.lowercased() + (task.state == "PENDING" ? reason : "")
        }
        let texts = states.map { "\($1.count) \($0)" }.sorted()
        return texts.isEmpty ? "no Slurm tasks" : "Slurm tasks: " + texts.joined(separator: ", ")
    }

    /// Looks after the tasks, every second at first, then every ten, as Slurm's people ask for.
    /// - Throws: ``SweepError/slurm(command:reason:)`` where Slurm takes no tasks, or does not answer for ten minutes;
    ///   ``SweepError/workersFail(log:)`` where one after the other ends as soon as it begins;
    ///   ``SweepError/tasksCancelled`` where somebody cancelled all.
    public func tend() throws {
        guard Date() >= next else { return }
        let before = live
        if try refresh() { try react() }
        rest = live == before ? min(rest * 1.5, 10) : 1
        next = Date() + rest
    }

    private func refresh() throws -> Bool {
        do {
            let tasks = try client.tasks(named: job.name)
            answered = Date()
            // Those that were over before are none of this process's.
            jobs.formUnion(tasks.filter { $0.end == nil }.map(\.job))
            live = tasks.filter { $0.end == nil }
            for task in tasks where jobs.contains(task.job) && task.end != nil {
                if ended.insert(task.id).inserted { count(task) }
            }
            return true
        } catch {
            // The daemon may be restarted meanwhile; the tasks go on without it.
            guard !jobs.isEmpty, Date().timeIntervalSince(answered) < 600 else { throw error }
            return false
        }
    }

    private func count(_ task: SlurmTask) {
        switch task.end {
        case .finished: hasEnded = true
        case .failed: failures += 1
        case .cancelled: cancelled += 1
        case .lost, nil: break
        }
    }

    private func react() throws {
        if hasEnded || interrupted != nil { return try wind() }
        if failures > 10 { throw SweepError.workersFail(log: job.logs) }
        let missing = count - cancelled - live.count
        if missing > 0 {
            jobs.insert(try client.submit(job.script, job.arguments(tasks: missing)))
            _ = try refresh()
        } else if live.isEmpty {
            throw SweepError.tasksCancelled
        }
    }

    /// Nothing is to begin any longer.
    private func wind() throws {
        let waiting = live.filter { $0.state == "PENDING" }.map(\.id)
        if !waiting.isEmpty { client.cancelWaiting(waiting) }
        // What does not end by itself is ended.
        if let interrupted, Date().timeIntervalSince(interrupted) > 60, !live.isEmpty {
            client.cancel(live.map(\.id))
        }
    }

    /// Cancels the tasks that wait, and asks those that run to give back their trials and end.
    public func interrupt() {
        guard interrupted == nil else { return }
        interrupted = Date()
        guard !hasEnded, !live.isEmpty else { return }
        client.cancelWaiting(live.map(\.id))
        client.interrupt(live.filter { $0.state == "RUNNING" }.map(\.id))
        (next, rest) = (.distantPast, 1)
    }
}
