import Foundation

/// A worker's right to a trial.
///
/// The token is greater than that of every claim before. Whoever writes shows it, and is refused once the trial was
/// given to somebody else, however late that is noticed.
public struct Claim: Sendable, Equatable {
    /// The trial, counted from 1.
    public var trial: Int
    /// The fencing token.
    public var token: Int
    /// What the trial sets the parameters to.
    public var assignment: Assignment
}

/// What a worker that asks for a trial is told.
public enum ClaimAnswer: Sendable, Equatable {
    /// It has one.
    case claimed(Claim)
    /// There is none now; but those of others are not over.
    case later
    /// There is nothing left to do.
    case over
}

/// What a worker that asks for a trial brings along.
public struct ClaimRequest {
    /// Who asks.
    public var worker: WorkerIdentity
    /// How long it may be silent before it counts as dead where nobody can look.
    public var lease: TimeInterval
    /// How often a trial's worker may die without an epoch in between before the trial counts as failed.
    public var crashLimit: Int
    /// How many trials there may be; nil for no limit.
    public var trialCap: Int?
    /// Whether the worker can do with a trial that sets the parameters so; what it cannot do with stays as it is.
    public var accepts: (Assignment) throws -> Bool = { _ in true }

    /// A request.
    public init(worker: WorkerIdentity, lease: TimeInterval, crashLimit: Int = 5, trialCap: Int?) {
        self.worker = worker
        self.lease = lease
        self.crashLimit = crashLimit
        self.trialCap = trialCap
    }
}

/// Where a sweep's state is kept, for all processes that serve it. Each call happens as a whole or not at all.
///
/// Everything a worker writes is refused by ``SweepError/leaseLost(trial:)`` when its claim is no longer valid.
public protocol SweepStore {
    /// All trials, with everything about them, in the order of their numbers.
    func trials() throws -> [Trial]
    /// Gives a worker a trial: one that waits, or whose worker died, or a new one.
    /// - Parameter propose: what a new trial sets the parameters to, after those that are there; nil for no more.
    func claim(_ request: ClaimRequest, propose: ([Trial]) throws -> Assignment?) throws -> ClaimAnswer
    /// Says that the worker is alive.
    func renew(_ claim: Claim, lease: TimeInterval) throws
    /// Says how an epoch came out.
    /// - Parameter judge: whether the trial should end now, given all trials.
    /// - Returns: what `judge` said; if it is true, the trial is over.
    func report(
        epoch: Int, _ metrics: [String: Double], _ claim: Claim, judge: ([Trial]) throws -> Bool
    ) throws -> Bool
    /// Says that the trial is over.
    func finish(_ claim: Claim, results: [String: Double]) throws
    /// Says that the trial came to nothing.
    func fail(_ claim: Claim, error: String) throws
    /// Gives the trial back, to be gone on with by anybody.
    func release(_ claim: Claim) throws
    /// Whether workers are asked to stop.
    func isStopped() throws -> Bool
    /// Asks workers to stop, or no longer.
    func setStopped(_ stopped: Bool) throws
    /// Lets trials that failed wait to be tried again.
    /// - Returns: which did.
    func retry(_ numbers: [Int]) throws -> [Int]
}
