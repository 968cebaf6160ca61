/// What workers that Slurm runs ask it for, by the names of sbatch's options.
public struct SlurmSettings: Sendable, Equatable {
    /// The partition; nil for the cluster's own choice.
    public var partition: String?
    /// How long one task may take; nil for the partition's own limit.
    public var time: SlurmTime?
    /// How many CPUs, and threads, a worker has.
    public var cpusPerTask: Int
    /// The memory a worker has, such as `8G`; nil for the cluster's own choice.
    public var memory: String?
    /// Whose account is charged; nil for the user's own.
    public var account: String?
    /// Further options of sbatch, such as `--qos=low`.
    public var options: [String]
    /// Lines of shell that prepare a node, such as `module load openblas`.
    public var setup: [String]

    /// The options that sbatch is given for a worker.
    var arguments: [String] {
        var arguments = ["--cpus-per-task=\(cpusPerTask)"]
        if let partition { arguments.append("--partition=\(partition)") }
        if let time {
            arguments.append("--time=\(time.text)")
            // Early enough to give back the trial, and late enough to have worked on it.
            arguments.append("--signal=B:INT@\(max(1, min(120, time.seconds / 10)))")
        }
        if let memory { arguments.append("--mem=\(memory)") }
        if let account { arguments.append("--account=\(account)") }
        return arguments + options
    }
}

/// A limit of time as Slurm writes it: `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`,
/// `days-hours:minutes` or `days-hours:minutes:seconds`.
public struct SlurmTime: Sendable, Equatable {
    /// As it was written.
    public let text: String
    /// In seconds, more than none.
    public let seconds: Int

    /// An hour.
    static let hour = SlurmTime(text: "1:00:00", seconds: 3600)

    private init(text: String, seconds: Int) { (self.text, self.seconds) = (text, seconds) }

    /// - Returns: nil where the text is no such time.
    public init?(_ text: String) {
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        let fields = (halves.last ?? "").split(separator: ":", omittingEmptySubsequences: false)
        let numbers = fields.compactMap(Self.number)
        guard halves.count <= 2, numbers.count == fields.count, (1...3).contains(numbers.count) else {
            return nil
        }
        let units = halves.count == 2 ? [3600, 60, 1] : numbers.count == 3 ? [3600, 60, 1] : [60, 1]
        var seconds = zip(numbers, units).reduce(0) { $0 + $1.0 * $1.1 }
        if halves.count == 2 {
            guard let days = Self.number(halves[0]) else { return nil }
            seconds += days * 86_400
        }
        guard seconds > 0 else { return nil }
        (self.text, self.seconds) = (text, seconds)
    }

    private static func number(_ digits: Substring) -> Int? {
        guard !digits.isEmpty, digits.utf8.count <= 7, digits.utf8.allSatisfy({ (48...57).contains($0) })
        else {
            return nil
        }
        return Int(digits)
    }
}
