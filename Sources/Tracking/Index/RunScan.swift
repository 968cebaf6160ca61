import Foundation
import Wording

/// The folders of runs below a folder: runs, the runs of folds and sweeps' trials, which lie one folder deeper.
struct RunScan {
    /// A run's folder, and what tells that something in it has changed.
    struct Found: Equatable {
        /// The path below the folder of runs: `flowers-001`, `flowers-sweep-001/trial-0003`.
        var path: String
        /// Changes whenever a file is made, replaced or removed.
        var stamp: String
    }

    /// What was found, in the alphabet's order.
    let found: [Found]

    /// Looks through a folder.
    /// - Throws: ``TrackingError/folder(path:reason:)``
    init(_ runs: URL) throws(TrackingError) {
        let root = RunIndex.shown(runs)
        var found: [Found] = []
        for name in try Self.folders(in: root) {
            let path = root + "/" + name
            if let stamp = Self.stamp(path) {
                found.append(Found(path: name, stamp: stamp))
            } else {
                for inner in (try? Self.folders(in: path)) ?? [] {
                    guard let stamp = Self.stamp(path + "/" + inner) else { continue }
                    found.append(Found(path: name + "/" + inner, stamp: stamp))
                }
            }
        }
        self.found = found
    }

    /// The folders in a folder but for those whose names begin with a dot, among them the bin.
    private static func folders(in path: String) throws(TrackingError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw .folder(path: path, reason: systemReason())
        }
    }

    /// Nil where a folder is not that of a run.
    private static func stamp(_ path: String) -> String? {
        guard let configuration = time(path + "/config.yaml"), let folder = time(path) else { return nil }
        // A log grows without changing its folder; after the end it does not grow.
        let log = access(path + "/run.json", F_OK) == 0 ? nil : time(path + "/log.jsonl")
        return "\(folder) \(configuration) \(log ?? "")"
    }

    private static func time(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
}
