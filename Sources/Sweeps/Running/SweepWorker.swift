import Evaluation
import Experiments
import Foundation
import Training

/// Works on a sweep: takes a trial, runs it, says what came out, takes the next. Trials of which each trains its own
/// head on the same features it takes several at a time, and trains them together.
public struct SweepWorker {
    /// How a worker works.
    public struct Settings: Sendable {
        /// How long it may be silent, in seconds, before it counts as dead where nobody can look.
        public var lease: TimeInterval
        /// How often a trial's worker may die without an epoch in between before the trial counts as failed.
        public var crashLimit: Int
        /// How many workers there are.
        public var workers: Int

        /// Settings.
        public init(lease: TimeInterval = 60, crashLimit: Int = 5, workers: Int = 1) {
            self.lease = lease
            self.crashLimit = crashLimit
            self.workers = workers
        }
    }

    private let sweep: SweepConfiguration
    private let folder: SweepFolder
    private let store: any SweepStore
    private let openStore: @Sendable () throws -> any SweepStore
    private let runner: any TrialRunner
    private let settings: Settings
    private let check: () throws -> Void

    /// A worker.
    /// - Parameters:
    ///   - store: opens a connection to the sweep's state.
    ///   - check: is called often; throws `CancellationError` when the worker is to end.
    /// - Throws: ``SweepError``
    public init(
        _ sweep: SweepConfiguration, in folder: SweepFolder,
        store: @escaping @Sendable () throws -> any SweepStore,
        runner: any TrialRunner, settings: Settings = Settings(), check: @escaping () throws -> Void = {}
    ) throws {
        self.sweep = sweep
        self.folder = folder
        self.store = try store()
        openStore = store
        self.runner = runner
        self.settings = settings
        self.check = check
    }

    /// The trial was stopped early; it is over.
    private struct StoppedEarly: Error {}

    /// Works until nothing is left to do, or the sweep is stopped.
    /// - Throws: `CancellationError` where `check` did, `DatabaseError`. What goes wrong with a
    ///   trial is the trial's error.
    public func run() throws {
        while true {
            try check()
            switch try store.claim(request, propose: propose) {
            case .claimed(let claim): try work(on: [claim] + companions(of: claim))
            case .later: try wait()
            case .over: return
            }
        }
    }

    private var request: ClaimRequest {
        ClaimRequest(
            worker: .current, lease: settings.lease, crashLimit: settings.crashLimit, trialCap: sweep.runCap)
    }

    /// Trials that can be trained with one that was claimed, claimed too.
    private func companions(of first: Claim) throws -> [Claim] {
        guard sweep.batchLimit > 1, let kind = sweep.headKind(of: first.assignment) else { return [] }
        var request = request
        request.accepts = { sweep.headKind(of: $0) == kind }
        var claims: [Claim] = []
        do {
            let count = sweep.fairBatch(try store.trials(), workers: settings.workers) - 1
            while claims.count < count, case .claimed(let claim) = try store.claim(request, propose: propose)
            {
                claims.append(claim)
            }
        } catch {
            for claim in claims + [first] { try? store.release(claim) }
            throw error
        }
        return claims
    }

    /// Runs trials to their ends, side by side where there are several.
    private func work(on claims: [Claim]) throws {
        guard claims.count > 1 else { return try work(on: claims[0], as: nil) }
        let errors = Lockstep.run(claims.map { claim in { member in try work(on: claim, as: member) } })
        // Who is asked to end does so once nobody trains any more; what else went wrong matters more.
        let found = errors.compactMap(\.self)
        if let error = found.first(where: { !($0 is CancellationError) }) ?? found.first { throw error }
    }

    private func propose(_ trials: [Trial]) throws -> Assignment? {
        guard !SweepProgress(sweep, trials).hasReachedTarget else { return nil }
        return try sweep.sampler.assignment(
            trials.count, in: sweep.space, after: trials.map { $0.observation(sweep.metrics) })
    }

    private func wait() throws {
        for _ in 0..<4 {
            usleep(50_000)
            try check()
        }
    }

    private func work(on claim: Claim, as member: Lockstep.Member?) throws {
        let heartbeat = Heartbeat(claim, lease: settings.lease, store: openStore)
        defer { heartbeat.stop() }
        let trial = Trial(number: claim.trial, state: .running, assignment: claim.assignment)
        let run = folder.run(trial)
        do {
            let experiment = try sweep.experiment(with: claim.assignment)
            var control = control(claim, heartbeat)
            control.member = member
            let results = try runner.run(experiment, in: run, control: control)
                .merging(latest(claim)) { kept, _ in kept }
            try checkMetrics(results)
            try store.finish(claim, results: results)
            folder.removeSurpassedWeights(sweep, try store.trials())
        } catch is CancellationError {
            try? store.release(claim)
            throw CancellationError()
        } catch is StoppedEarly {
            // Nobody goes on with it, so what that would need can go.
            Checkpoint.remove(from: run)
        } catch {
            try end(claim, with: error)
        }
    }

    private func end(_ claim: Claim, with error: any Error) throws {
        // Somebody else has the trial; what happens to it is theirs to say.
        if error as? SweepError == .leaseLost(trial: claim.trial) { return }
        // Another process still writes the run, though its claim is lost: it will learn that soon.
        if case .stillRunning? = error as? ExperimentError {
            try? store.release(claim)
            return try wait()
        }
        do { try store.fail(claim, error: "\(error)") } catch let lost as SweepError {
            guard lost == .leaseLost(trial: claim.trial) else { throw lost }
        }
    }

    /// A trial that cannot be compared with others has come to nothing.
    private func checkMetrics(_ results: [String: Double]) throws(SweepError) {
        for metric in sweep.metrics {
            guard let value = results[metric.name] else {
                throw .missingMetric(name: metric.name, known: results.keys.sorted())
            }
            guard value.isFinite else { throw .notANumber(metric: metric.name) }
        }
    }

    /// The metrics after the latest epoch.
    private func latest(_ claim: Claim) throws -> [String: Double] {
        try store.trials().first { $0.number == claim.trial }?.epochs.last ?? [:]
    }

    private func control(_ claim: Claim, _ heartbeat: Heartbeat) -> TrialControl {
        TrialControl(
            epochEnded: { record in
                let stops = try store.report(epoch: record.epoch, record.metrics, claim) { trials in
                    shouldStop(claim.trial, trials)
                }
                if stops { throw StoppedEarly() }
            },
            permitWriting: {
                try store.renew(claim, lease: settings.lease)
            },
            keepsWeights: { results in
                let results = results.merging(try latest(claim)) { kept, _ in kept }
                return sweep.keepsWeights(of: claim.trial, with: results, among: try store.trials())
            },
            check: {
                if heartbeat.hasLostClaim { throw SweepError.leaseLost(trial: claim.trial) }
                if heartbeat.isAskedToStop { throw CancellationError() }
                try check()
            })
    }

    private func shouldStop(_ number: Int, _ trials: [Trial]) -> Bool {
        guard let rule = sweep.earlyTermination, let metric = sweep.metrics.first else { return false }
        let others = trials.filter { $0.number != number }.map { $0.costs(of: metric) }
        guard let own = trials.first(where: { $0.number == number }) else { return false }
        return rule.stops(own.costs(of: metric), among: others.filter { !$0.isEmpty })
    }
}
