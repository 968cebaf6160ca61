/// What can go wrong with a sweep beyond its configuration.
public enum SweepError: Error, Equatable {
    /// A grid needs parameters whose values can be counted.
    case notCountable(path: String)
    /// A method does not know so many parameters.
    case tooManyParameters(method: String, limit: Int, found: Int)
    /// A file that says where a sweep's state is cannot be used.
    case storage(file: String, reason: String)
    /// The sweep's state was written by another version of the program.
    case otherVersion(file: String, expected: Int, found: Int)
    /// A folder is not that of a sweep.
    case notASweep(path: String)
    /// There is no such trial.
    case noTrial(number: Int, count: Int)
    /// A trial was given to another worker meanwhile, and its results are no longer wanted from this one.
    case leaseLost(trial: Int)
    /// Nothing has finished yet.
    case nothingFinished(path: String)
    /// A metric is not there at the end of a trial.
    case missingMetric(name: String, known: [String])
    /// A trial ended without the metric being a number.
    case notANumber(metric: String)
    /// A configuration would replace a file that is somebody's own.
    case occupied(path: String)
    /// Nothing came of any trial.
    case allFailed(count: Int, last: String)
    /// A program of Slurm's did not do what it was asked for.
    case slurm(command: String, reason: String)
    /// A partition of a cluster cannot be used.
    case noPartition(name: String, reason: String)
    /// Workers end as soon as they begin.
    case workersFail(log: String)
    /// Somebody cancelled all of the workers' tasks.
    case tasksCancelled
}

extension SweepError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .notCountable(let path):
            "\(path): a grid needs 'values', whole numbers from 'min' to 'max', or a 'q'; "
                + "or choose another method, such as random"
        case .tooManyParameters(let method, let limit, let found):
            "the method \(method) knows \(limit) parameters at most, found \(found)"
        case .storage(let file, let reason): "\(file): \(reason)"
        case .otherVersion(let file, let expected, let found):
            "\(file): expected a sweep's state in version \(expected), found version \(found); it was written "
                + "by another version of graft"
        case .notASweep(let path):
            "\(path): this is not the folder of a sweep: it has no sweep.yaml with a sweep.sqlite or "
                + "sweep.postgresql"
        case .noTrial(let number, let count):
            "there is no trial \(number); the sweep has \(count == 0 ? "none yet" : "trials 1 to \(count)")"
        case .leaseLost(let trial):
            "trial \(trial) was taken over by another worker; nothing more is written from this one"
        case .nothingFinished(let path): "\(path): no trial has finished yet"
        case .missingMetric(let name, let known):
            "the trial ended without the metric '\(name)'; it has \(known.joined(separator: ", "))"
        case .notANumber(let metric): "the metric '\(metric)' is not a finite number"
        case .occupied(let path):
            "\(path): there is such a file already, which was not written by 'apply'; choose another with --to"
        case .allFailed(let count, let last):
            (count == 1 ? "the only trial failed" : "all \(count) trials failed; the last one") + ": \(last)"
        case .slurm(let command, let reason):
            reason.hasPrefix(command) ? reason : "\(command): \(reason)"
        case .noPartition(let name, let reason): "executor: partition \(name): \(reason)"
        case .workersFail(let log): "workers end as soon as they begin; \(log) says why"
        case .tasksCancelled:
            "all of the sweep's Slurm tasks were cancelled; the same command submits them again"
        }
    }
}
