import Foundation
import Reports
import Sweeps
import Tensors
import Wording

/// Where runs that were removed wait, below the folder of runs: `.bin/2026-01-31T12-00-00Z/flowers-001`. What was
/// removed together is brought back together.
public struct RunBin: Sendable {
    /// The folder of runs.
    public let runs: URL

    /// The bin of a folder of runs.
    public init(_ runs: URL) { self.runs = runs }

    private var folder: URL { runs.appending(path: ".bin", directoryHint: .isDirectory) }
    private var files: FileManager { .default }

    /// Moves runs, or the folders of sweeps, into the bin.
    /// - Parameter names: folders' names just below the folder of runs.
    /// - Throws: ``TrackingError/stillRunning(run:)``, ``TrackingError/unwritable(file:reason:)``; nothing is moved
    ///   then.
    public func remove(_ names: [String], at time: Date = Date()) throws(TrackingError) {
        for name in names { try checkIdle(name) }
        let target = try newFolder(time)
        var moved: [String] = []
        for name in names {
            guard rename(path(runs, name), path(target, name)) == 0 else {
                let reason = systemReason()
                for name in moved { rename(path(target, name), path(runs, name)) }
                rmdir(target.path(percentEncoded: false))
                throw .unwritable(file: path(runs, name), reason: reason)
            }
            moved.append(name)
        }
    }

    /// Brings back what was removed last.
    /// - Returns: the names.
    /// - Throws: ``TrackingError/notInBin(name:bin:nearest:)``, ``TrackingError/taken(path:)``
    public func undo() throws(TrackingError) -> [String] {
        guard let last = removals.last else {
            throw .notInBin(name: "anything", bin: RunIndex.shown(folder), nearest: [])
        }
        let names = contents(last)
        for name in names { try restore(name, from: last) }
        return names
    }

    /// Brings back a run of the bin, the one that was removed last where several had its name.
    /// - Throws: ``TrackingError/notInBin(name:bin:nearest:)``, ``TrackingError/taken(path:)``
    public func restore(_ name: String) throws(TrackingError) {
        guard let removal = removals.last(where: { contents($0).contains(name) }) else {
            throw .notInBin(
                name: name, bin: RunIndex.shown(folder),
                nearest: nearestNames(to: name, among: removals.flatMap { contents($0) }))
        }
        try restore(name, from: removal)
    }

    /// What is in the bin: when it was removed, and what it is called.
    public var list: [(removed: String, name: String)] {
        removals.flatMap { removal in contents(removal).map { (removal, $0) } }
    }

    /// Removes what is in the bin for good, with what a server keeps of it; nothing is removed where that cannot be
    /// asked.
    /// - Returns: how many runs.
    /// - Throws: ``TrackingError/unwritable(file:reason:)``
    public func empty() throws(TrackingError) -> Int {
        let count = list.count
        guard files.fileExists(atPath: folder.path(percentEncoded: false)) else { return 0 }
        for removal in removals {
            for name in contents(removal) {
                try forgetState(of: folder.appending(path: "\(removal)/\(name)"))
            }
        }
        do { try files.removeItem(at: folder) } catch {
            throw .unwritable(
                file: folder.path(percentEncoded: false), reason: reason(of: error))
        }
        return count
    }

    private func forgetState(of item: URL) throws(TrackingError) {
        do { try SweepFolder(url: item).forgetState() } catch {
            throw .unwritable(file: item.path(percentEncoded: false), reason: "\(error)")
        }
    }

    private func restore(_ name: String, from removal: String) throws(TrackingError) {
        let (source, target) = (folder.appending(path: removal), path(runs, name))
        guard !files.fileExists(atPath: target) else { throw .taken(path: target) }
        guard rename(path(source, name), target) == 0 else {
            throw .unwritable(file: target, reason: systemReason())
        }
        // Only where it is empty.
        rmdir(source.path(percentEncoded: false))
    }

    /// A folder for what is removed now.
    private func newFolder(_ time: Date) throws(TrackingError) -> URL {
        mkdir(folder.path(percentEncoded: false), 0o755)
        // Names in the order of time; two removals within a second get one each.
        let stamp = time.formatted(.iso8601).replacing(":", with: "-")
        for number in 0..<1000 {
            let url = folder.appending(path: number == 0 ? stamp : "\(stamp)+\(number)")
            if mkdir(url.path(percentEncoded: false), 0o755) == 0 { return url }
            guard errno == EEXIST else { break }
        }
        throw .unwritable(
            file: folder.path(percentEncoded: false), reason: systemReason())
    }

    /// No run in a folder is going on.
    private func checkIdle(_ name: String) throws(TrackingError) {
        let folder = path(runs, name)
        for run in [folder] + contents(at: folder).map({ folder + "/" + $0 }) {
            guard !RunState.isHeld(log: run + "/log.jsonl") else { throw .stillRunning(run: run) }
        }
    }

    private var removals: [String] { contents(at: folder.path(percentEncoded: false)) }

    private func contents(_ removal: String) -> [String] { contents(at: path(folder, removal)) }

    private func contents(at path: String) -> [String] {
        ((try? files.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    private func path(_ folder: URL, _ name: String) -> String {
        folder.appending(path: name).path(percentEncoded: false)
    }
}
