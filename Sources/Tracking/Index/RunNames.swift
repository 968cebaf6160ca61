import Foundation
import Tensors
import Wording

extension RunIndex {
    /// The run that somebody means: by its name, by a beginning that only it has, by its number (`3` for the third run
    /// of the only experiment there is) or by its folder's path.
    /// - Throws: ``TrackingError/unknownRun(name:runs:nearest:)``, ``TrackingError/ambiguousRun(name:matches:)``
    public func run(_ name: String) throws -> Entry { try Self.run(name, among: entries(), in: runs) }

    static func run(_ name: String, among entries: [Entry], in runs: URL) throws(TrackingError) -> Entry {
        let wanted = below(runs, name) ?? name
        if let entry = entries.first(where: { $0.name == wanted }) { return entry }
        let matches = entries.filter { entry in
            entry.name.hasPrefix(wanted) || Int(wanted).map { number(of: entry.name) == $0 } ?? false
        }
        if matches.count == 1 { return matches[0] }
        guard matches.isEmpty else { throw .ambiguousRun(name: name, matches: matches.map(\.name)) }
        throw .unknownRun(
            name: name, runs: shown(runs), nearest: nearestNames(to: wanted, among: entries.map(\.name)))
    }

    /// The path below the folder of runs, where a path leads there.
    private static func below(_ runs: URL, _ path: String) -> String? {
        guard path.contains("/") || path.hasPrefix(".") else { return nil }
        func resolved(_ url: URL) -> String {
            let path = url.standardizedFileURL.resolvingSymlinksInPath().path(percentEncoded: false)
            return path.hasSuffix("/") ? String(path.dropLast()) : path
        }
        let (root, full) = (resolved(runs), resolved(URL(filePath: path)))
        return full.hasPrefix(root + "/") ? String(full.dropFirst(root.count + 1)) : nil
    }

    /// The number at the end of a run's name.
    private static func number(of name: String) -> Int? {
        name.split(separator: "-").last.flatMap { Int($0) }
    }

    static func shown(_ folder: URL) -> String {
        let path = folder.relativePath
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// The folder's name of a run or a sweep that lies just below the folder of runs.
    /// - Throws: ``TrackingError``
    public func removable(_ name: String) throws -> String {
        let groups = Set(
            try entries().filter { $0.name.contains("/") }.map { $0.name.split(separator: "/")[0] })
        let last = URL(filePath: name).lastPathComponent
        if groups.contains(Substring(last)) { return last }
        let entry = try run(name)
        guard !entry.name.contains("/") else {
            throw TrackingError.comparison(
                reason: "\(entry.name) belongs to a sweep or to folds, which are kept or removed as a whole")
        }
        return entry.name
    }
}
