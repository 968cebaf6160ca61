import Foundation
import Graft

/// Options that several commands have.
extension CommandSpecification.Option {
    /// `--set`, for changes to a configuration.
    static func set(_ help: String) -> Self {
        Self(name: "set", value: "KEY=VALUE", help: help, isRepeated: true, completion: .nothing)
    }

    /// `--threads`, for how many cores are computed on.
    static let threads = Self(
        name: "threads", value: "N", help: "How many cores to compute on; all if not given.",
        completion: .nothing)
}

extension Arguments {
    /// The configuration at a path, or that of the first operand, with the changes of `--set`.
    /// - Throws: ``ConfigurationError``
    func configuration(at path: String? = nil) throws -> ExperimentConfiguration {
        try .load(path: path ?? operands[0], overrides: all("set"))
    }

    /// The folder that holds all runs' folders, as `--runs` says.
    var runs: URL { URL(filePath: value("runs") ?? "experiments/runs", directoryHint: .isDirectory) }

    /// Computes on as many cores as an option says, if it does.
    /// - Throws: ``UsageError/badValue(option:expected:found:command:)``
    func setThreads(_ option: String = "threads", command: String) throws(UsageError) {
        if let threads = try integer(option, atLeast: 1, command: command) { ComputeThreads.set(threads) }
    }

    /// The split that `--split` names; the test pictures if none.
    /// - Throws: ``UsageError/badValue(option:expected:found:command:)``
    func split(command: String) throws(UsageError) -> Split {
        guard let text = value("split") else { return .test }
        guard let split = Split(rawValue: text) else {
            throw .badValue(
                option: "split", expected: "train, validation or test", found: text, command: command)
        }
        return split
    }
}
