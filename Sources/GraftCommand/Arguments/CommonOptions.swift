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

    /// The folder that holds all runs' folders: as `--runs` says, or where the path of a run leads that is elsewhere.
    var runs: URL {
        if let given = value("runs") { return URL(filePath: given, directoryHint: .isDirectory) }
        let usual = URL(filePath: "experiments/runs", directoryHint: .isDirectory)
        return operands.lazy.compactMap { Self.holder(ofRunAt: $0, outside: usual) }.first ?? usual
    }

    /// The folder that holds a run, or the sweep that has it as a trial; nil where a path leads to no run, or below the
    /// usual folder.
    private static func holder(ofRunAt path: String, outside usual: URL) -> URL? {
        func has(_ folder: URL, _ name: String) -> Bool {
            FileManager.default.fileExists(atPath: folder.appending(path: name).path(percentEncoded: false))
        }
        let run = URL(filePath: path, directoryHint: .isDirectory).resolvingSymlinksInPath()
        let inside = usual.resolvingSymlinksInPath().path(percentEncoded: false)
        guard has(run, "config.yaml") || has(run, "sweep.yaml"),
            !run.path(percentEncoded: false).hasPrefix(inside)
        else { return nil }
        let parent = run.deletingLastPathComponent()
        return has(parent, "sweep.yaml") ? parent.deletingLastPathComponent() : parent
    }

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
