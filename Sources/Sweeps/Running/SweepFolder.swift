import Databases
import Experiments
import Foundation
import Wording

/// The folder of a sweep: its configuration, its state, and a run's folder for each trial.
///
/// | file | what it holds |
/// |---|---|
/// | `sweep.yaml` | the sweep, its experiment within it |
/// | `sweep.sqlite` | the trials: what they set, how they are; or |
/// | `sweep.postgresql` | the server that keeps this, and the schema that is the sweep's there |
/// | `trial-0001/` | a run, as `graft train` leaves it behind |
public struct SweepFolder: Sendable, Equatable {
    /// Where it is.
    public let url: URL

    /// A folder, whether it is there or not.
    public init(url: URL) { self.url = url }

    /// The sweep.
    public var configuration: URL { url.appending(path: "sweep.yaml") }
    /// The state's file.
    public var state: URL { url.appending(path: "sweep.sqlite") }
    /// The file that says which server keeps the state, where one does.
    public var server: URL { url.appending(path: "sweep.postgresql") }

    /// The path, to be shown: relative to the working directory where it lies below it.
    public var path: String { RunFolder(url: url).path() }

    /// The run of a trial.
    public func run(_ trial: Trial) -> RunFolder {
        RunFolder(url: url.appending(path: trial.name, directoryHint: .isDirectory))
    }

    /// A sweep's folder that is there.
    /// - Throws: ``SweepError/notASweep(path:)``
    public static func open(_ path: String) throws(SweepError) -> SweepFolder {
        let folder = SweepFolder(url: URL(filePath: path, directoryHint: .isDirectory))
        guard folder.configuration.isThere, folder.state.isThere || folder.server.isThere else {
            throw .notASweep(path: path)
        }
        return folder
    }

    /// The folder of the latest sweep that is the same but for its number of trials; a new one, where there is none.
    /// - Parameters:
    ///   - runs: the folder that holds all runs' folders.
    ///   - isNew: whether a new one is made in any case.
    /// - Returns: the folder, and whether there was one already.
    /// - Throws: ``ExperimentError/folder(path:reason:)``, ``ConfigurationError/emission(_:)``,
    ///   ``SweepError/storage(file:reason:)``, `DatabaseError`
    public static func find(
        _ sweep: SweepConfiguration, in runs: URL, isNew: Bool = false
    ) throws -> (folder: SweepFolder, wasThere: Bool) {
        try FileManager.default.createDirectory(at: runs, withIntermediateDirectories: true)
        // Two that begin the same sweep at once are to work on one.
        let lock = Foundation.open(runs.path(percentEncoded: false), O_RDONLY | O_CLOEXEC)
        defer { close(lock) }
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            throw ExperimentError.folder(
                path: runs.path(percentEncoded: false), reason: systemReason())
        }
        let found = isNew ? nil : latest(sweep, in: runs)
        let wasThere = found?.configuration.isThere ?? false
        let folder = try found ?? SweepFolder(url: RunFolder.create(named: sweep.name, in: runs).url)
        try RunFolder(url: folder.url).write(
            Data(try sweep.yaml().utf8), to: folder.configuration.lastPathComponent)
        if let server = sweep.storage { try folder.keepState(on: server) }
        _ = try folder.store()
        return (folder, wasThere)
    }

    /// The latest sweep of the same name before this one; nil where there is none.
    public func predecessor(named name: String) -> SweepFolder? {
        Self.all(named: name, in: url.deletingLastPathComponent()).drop {
            $0.url.lastPathComponent != url.lastPathComponent
        }.dropFirst().first { $0.configuration.isThere }
    }

    /// The folders of a name, the latest first.
    private static func all(named sweep: String, in runs: URL) -> [SweepFolder] {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: runs.path(percentEncoded: false))) ?? []
        return names.filter { $0.hasPrefix(sweep + "-") }
            .compactMap { name in Int(name.dropFirst(sweep.count + 1)).map { ($0, name) } }
            .sorted { $0.0 > $1.0 }
            .map { SweepFolder(url: runs.appending(path: $0.1, directoryHint: .isDirectory)) }
    }

    private static func latest(_ sweep: SweepConfiguration, in runs: URL) -> SweepFolder? {
        for folder in all(named: sweep.name, in: runs) {
            // Whoever made an empty folder was killed before the sweep was in it: nobody else is here now.
            if folder.isEmpty { return folder }
            guard folder.configuration.isThere else { continue }
            return (try? folder.sweep().isSame(as: sweep)) == true ? folder : nil
        }
        return nil
    }

    private var isEmpty: Bool {
        let names = try? FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false))
        return names?.allSatisfy { $0.hasPrefix(".") } ?? false
    }

    /// The sweep as its folder has it.
    /// - Throws: ``ConfigurationError``
    public func sweep() throws(ConfigurationError) -> SweepConfiguration {
        try .load(path: RunFolder(url: url).path(configuration.lastPathComponent))
    }

    /// A connection to the state.
    /// - Throws: ``SweepError/storage(file:reason:)``, `DatabaseError`
    public func store() throws -> SQLStore {
        guard server.isThere else { return try SQLStore(path: state.path(percentEncoded: false)) }
        return try SQLStore(address())
    }

    /// Removes what a server keeps of the sweep, before its folder is removed for good.
    /// - Throws: ``SweepError/storage(file:reason:)``, `DatabaseError`
    public func forgetState() throws {
        if server.isThere { try address().remove() }
    }

    private func address() throws(SweepError) -> ServerAddress {
        guard let address = try? JSONDecoder().decode(ServerAddress.self, from: Data(contentsOf: server))
        else {
            throw .storage(
                file: server.path(percentEncoded: false),
                reason: "expected the 'url' and the 'schema' of a server")
        }
        return address
    }

    /// Chooses a schema that no other sweep has, whatever folders those who share the server have.
    private func keepState(on server: String) throws {
        guard !self.server.isThere else { return }
        let unique = UUID().uuidString.lowercased()
        let schema = "graft-\(url.lastPathComponent.prefix(20))-\(unique.prefix(8))"
        let draft = url.appending(path: ".\(unique)")
        try RunFolder(url: url).write(
            JSONEncoder().encode(ServerAddress(url: server, schema: schema)), to: draft.lastPathComponent)
        defer { unlink(draft.path(percentEncoded: false)) }
        // Of several that begin the sweep at once, the first to give the file its name chose for all.
        guard
            link(draft.path(percentEncoded: false), self.server.path(percentEncoded: false)) == 0
                || errno == EEXIST
        else {
            throw SweepError.storage(
                file: self.server.path(percentEncoded: false), reason: systemReason())
        }
    }
}

extension URL {
    fileprivate var isThere: Bool { FileManager.default.fileExists(atPath: path(percentEncoded: false)) }
}
