/// What the sampler knows of a trial that was begun before.
public struct Observation: Sendable, Equatable {
    /// What became of it.
    public enum Outcome: Sendable, Equatable {
        /// It came to its end.
        case finished
        /// It was stopped early, after so many epochs.
        case stopped(epochs: Int)
        /// It is not over yet.
        case running
        /// It came to nothing.
        case failed
    }

    /// What it set the parameters to.
    public var assignment: Assignment
    /// The metrics, each with the sign that makes less better; empty where there are none yet.
    public var values: [Double]
    /// What became of it.
    public var outcome: Outcome

    /// An observation.
    public init(_ assignment: Assignment, values: [Double], outcome: Outcome = .finished) {
        self.assignment = assignment
        self.values = values
        self.outcome = outcome
    }
}

/// Chooses what a sweep tries next.
public protocol Sampler: Sendable {
    /// The parameters of a new trial; nil where there is nothing left to try.
    /// - Parameters:
    ///   - number: how many trials there are already; all random numbers are drawn from it and the sampler's seed.
    ///   - history: those trials, in the order in which they began.
    /// - Throws: ``SweepError``
    func assignment(_ number: Int, in space: SearchSpace, after history: [Observation]) throws -> Assignment?
}
