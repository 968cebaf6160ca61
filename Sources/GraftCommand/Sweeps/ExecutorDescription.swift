import Foundation
import Graft

/// What a person should know of a sweep's executor before anything begins.
struct ExecutorDescription {
    /// What runs the workers, and what speaks against it; nothing where they run here.
    let lines: [String]

    init(_ sweep: SweepConfiguration, runs: URL) {
        guard case .slurm(let settings) = sweep.executor else {
            lines = []
            return
        }
        let wishes = [
            settings.partition.map { "partition \($0)" }, settings.time.map { "time \($0.text)" },
            counted(settings.cpusPerTask, "CPU") + " a worker", settings.memory.map { "memory \($0)" },
            settings.account.map { "account \($0)" },
        ]
        let executor = "executor  slurm: " + wishes.compactMap(\.self).joined(separator: ", ")
        let path = RunFolder(url: runs).path()
        switch FolderSharing(runs) {
        case .local(let fileSystem):
            lines = [
                executor, "note      \(path) is on \(fileSystem); the nodes must see it by the same path",
            ]
        case .withoutLocks(let fileSystem) where sweep.storage == nil:
            lines = [
                executor,
                "note      \(path) is on \(fileSystem), whose locks may fail; 'storage: postgresql://…' is safe",
            ]
        default: lines = [executor]
        }
    }
}
