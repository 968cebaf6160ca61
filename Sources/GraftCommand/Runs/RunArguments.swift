import Foundation
import Graft

extension CommandSpecification.Option {
    /// `--runs`, for where runs are.
    static let runs = Self(
        name: "runs", value: "FOLDER", help: "The folder of runs; experiments/runs if not given.")
}

extension CommandSpecification.Operand {
    /// A run that is there.
    static func run(
        isRepeated: Bool = false,
        _ help: String = "A run: its name, number, folder, or what its name begins with."
    )
        -> Self
    {
        Self(name: "RUN", help: help, isRepeated: isRepeated)
    }
}

extension RunIndex {
    /// The index of the folder that `--runs` says, brought up to date, with a bar where that takes long.
    static func open(_ arguments: Arguments, isRebuilt: Bool = false) throws -> RunIndex {
        var bar: ProgressBar?
        defer { bar?.clear() }
        return try RunIndex(arguments.runs, isRebuilt: isRebuilt) { done, total in
            guard total >= 500 else { return }
            if bar == nil { bar = ProgressBar("reading runs", total: total) }
            bar?.update(done)
        }
    }

    /// The folder of a run.
    func folder(_ entry: Entry) -> URL { runs.appending(path: entry.name, directoryHint: .isDirectory) }
}
