import Foundation
import Wording

/// The folder of a run: plain files that make sense without Graft.
///
/// | file | what it holds |
/// |---|---|
/// | `config.yaml` | the configuration, every default written out |
/// | `log.jsonl` | what happened, one JSON object a line |
/// | `run.json` | the summary: classes, pictures, results; written last, so that its presence means success |
/// | `model.weights.h5` | the arrays, as Keras saves them |
/// | `checkpoint.h5` | all that a run which was stopped needs to go on; see ``Checkpoint`` |
/// | `checkpoint.previous.h5` | the one before |
public struct RunFolder: Sendable, Equatable {
    /// Where it is.
    public let url: URL

    /// A run's folder, which may not be there yet.
    public init(url: URL) { self.url = url }

    /// The run's name: its folder's.
    public var name: String { url.lastPathComponent }
    /// The configuration.
    public var configuration: URL { file("config.yaml") }
    /// The summary.
    public var summary: URL { file("run.json") }
    /// The log.
    public var log: URL { file("log.jsonl") }
    /// The weights.
    public var weights: URL { file("model.weights.h5") }
    /// What a run that was stopped goes on from.
    public var checkpoint: URL { file("checkpoint.h5") }
    /// The one before, for when the last is damaged.
    public var previousCheckpoint: URL { file("checkpoint.previous.h5") }
    /// Whether the run came to its end.
    public var isFinished: Bool { has(summary) }

    /// A file of the run.
    public func file(_ name: String) -> URL { url.appending(path: name) }

    /// A file's path, to be shown: relative to the working directory where it lies below it.
    public func path(_ name: String? = nil) -> String { Self.shown(name.map(file) ?? url) }

    static func shown(_ url: URL) -> String {
        let full = url.path(percentEncoded: false)
        let working = FileManager.default.currentDirectoryPath + "/"
        let shown = full.hasPrefix(working) ? String(full.dropFirst(working.count)) : full
        return shown.hasSuffix("/") ? String(shown.dropLast()) : shown
    }

    /// Makes a new folder `<name>-<number>` below `parent`, with the first number that is free.
    /// - Throws: ``ExperimentError/folder(path:reason:)``
    public static func create(named name: String, in parent: URL) throws(ExperimentError) -> RunFolder {
        try makeFolder(parent)
        for number in 1... {
            let digits = String(number)
            let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
            let url = parent.appending(path: "\(name)-\(padded)")
            let path = url.path(percentEncoded: false)
            // mkdir fails where the folder exists, so that two runs that begin together get one each.
            if mkdir(path, 0o755) == 0 { return RunFolder(url: url) }
            guard errno == EEXIST else {
                throw .folder(path: path, reason: systemReason())
            }
        }
        fatalError("there are more numbers than folders")
    }

    /// Makes a folder, and those above it, where they are not there.
    private static func makeFolder(_ url: URL) throws(ExperimentError) {
        let path = url.standardizedFileURL.path(percentEncoded: false)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw .folder(path: path, reason: "is not a folder") }
            return
        }
        try makeFolder(url.standardizedFileURL.deletingLastPathComponent())
        // Another run may have been faster.
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw .folder(path: path, reason: systemReason())
        }
    }

    /// A finished run's folder.
    /// - Throws: ``ExperimentError/notARun(path:missing:)``, ``ExperimentError/noWeights(path:)``,
    ///   ``ExperimentError/folder(path:reason:)`` where there is no such folder.
    public static func open(_ path: String) throws(ExperimentError) -> RunFolder {
        let folder = try existing(path)
        for file in [folder.configuration, folder.summary] where !folder.has(file) {
            throw .notARun(path: path, missing: file.lastPathComponent)
        }
        guard folder.has(folder.weights) else { throw .noWeights(path: path) }
        return folder
    }

    /// The folder of a run that may not be finished.
    /// - Throws: ``ExperimentError/noConfiguration(path:)``, ``ExperimentError/folder(path:reason:)`` where
    ///   there is no such folder.
    public static func openUnfinished(_ path: String) throws(ExperimentError) -> RunFolder {
        let folder = try existing(path)
        guard folder.has(folder.configuration) else { throw .noConfiguration(path: path) }
        return folder
    }

    private static func existing(_ path: String) throws(ExperimentError) -> RunFolder {
        guard FileManager.default.fileExists(atPath: path) else {
            throw .folder(path: path, reason: "there is no such folder")
        }
        return RunFolder(url: URL(filePath: path, directoryHint: .isDirectory))
    }

    private func has(_ file: URL) -> Bool {
        FileManager.default.fileExists(atPath: file.path(percentEncoded: false))
    }

    /// Removes the weights, which the run's configuration gives again.
    package func removeWeights() { try? FileManager.default.removeItem(at: weights) }

    /// Removes what a run that was killed had not written to its end: all files of a run that are written
    /// whole or not at all are first called something that begins with a dot.
    package func removeUnfinishedFiles() {
        for folder in [url, file("from_scratch")] {
            let path = folder.path(percentEncoded: false)
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            where name.hasPrefix(".") && (name.hasSuffix(".tmp") || name.hasPrefix(Self.foundationsPrefix)) {
                try? FileManager.default.removeItem(at: folder.appending(path: name))
            }
        }
    }

    /// What Foundation's atomic writing calls a file until it is whole.
    private static let foundationsPrefix = ".dat.nosync"

    /// Writes a file whole or not at all.
    /// - Throws: ``ExperimentError/folder(path:reason:)``
    public func write(_ contents: Data, to name: String) throws(ExperimentError) {
        do {
            try contents.write(to: file(name), options: .atomic)
        } catch {
            throw .folder(path: path(name), reason: reason(of: error))
        }
    }
}
