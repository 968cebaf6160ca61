import Foundation

/// One try of a sweep, as its state is kept.
public struct Trial: Sendable, Equatable {
    /// Where it is.
    public enum State: String, Sendable, CaseIterable {
        /// Nobody has it: it was given back, or is to be tried again.
        case waiting
        /// A worker has it.
        case running
        /// It came to its end.
        case finished
        /// It came to nothing.
        case failed
        /// It was stopped early, because others do better.
        case stopped
    }

    /// Counted from 1.
    public var number: Int
    /// Where it is.
    public var state: State
    /// What it sets the parameters to.
    public var assignment: Assignment
    /// The metrics after each epoch, by name; not a number where a loss ran away.
    public var epochs: [[String: Double]] = []
    /// The metrics at its end.
    public var results: [String: Double] = [:]
    /// How often a worker took it on.
    public var attempts = 0
    /// Who has it; nil where nobody has.
    public var worker: WorkerIdentity?
    /// When it was begun first.
    public var began: Date?
    /// When it was over.
    public var ended: Date?
    /// What went wrong.
    public var error: String?

    /// The name of its run's folder.
    public var name: String {
        let digits = String(number)
        return "trial-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Whether nothing more happens to it.
    public var isOver: Bool { state == .finished || state == .failed || state == .stopped }

    /// A metric as it is now: at the end, or after the latest epoch.
    public func value(of metric: Metric) -> Double? { results[metric.name] ?? epochs.last?[metric.name] }

    /// The metric after each epoch, with the sign that makes less better.
    func costs(of metric: Metric) -> [Double] { epochs.compactMap { $0[metric.name].map(metric.cost) } }

    /// What a sampler knows of it.
    func observation(_ metrics: [Metric]) -> Observation {
        let values = metrics.compactMap { metric in value(of: metric).map(metric.cost) }
        let outcome: Observation.Outcome =
            switch state {
            case .finished: .finished
            case .stopped: .stopped(epochs: epochs.count)
            case .waiting, .running: .running
            case .failed: .failed
            }
        return Observation(
            assignment, values: values.count == metrics.count && isOver ? values : [], outcome: outcome)
    }
}
