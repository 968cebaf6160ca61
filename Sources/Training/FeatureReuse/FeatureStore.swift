import Foundation
import Tensors
import Wording

/// The feature cache: a folder that all runs and programs share, with a folder for each beginning of a network
/// whose features it keeps, in ``FeaturePack`` files.
///
/// Files appear whole or not at all, and are checked when they are read. When there is too much, those that
/// were used longest ago go; a program that is still reading one keeps its own view of it.
public struct FeatureStore: Sendable, Equatable {
    /// The folder.
    public let folder: URL
    /// How many bytes may be kept.
    public let byteLimit: Int

    /// 10 GB.
    public static let defaultByteLimit = 10_000_000_000

    /// A cache in a folder, which is made when something is kept.
    public init(folder: URL = FeatureStore.defaultFolder, byteLimit: Int = FeatureStore.defaultByteLimit) {
        self.folder = folder
        self.byteLimit = byteLimit
    }

    /// `$XDG_CACHE_HOME/graft/features`, which is `~/.cache/graft/features` where nothing else is said.
    public static var defaultFolder: URL {
        let environment = ProcessInfo.processInfo.environment
        // The specification wants relative paths to be ignored.
        let given = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
        let base = given ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
        return base.appending(path: "graft/features", directoryHint: .isDirectory)
    }

    /// A file of the cache.
    public struct File: Sendable {
        /// Where it is.
        public let url: URL
        /// The beginning of a network that it belongs to, as hexadecimal digits.
        public var network: String { url.deletingLastPathComponent().lastPathComponent }
        /// How many bytes it has.
        public let byteCount: Int
        /// When it was used last.
        public let used: Date
    }

    /// All files, those that were used longest ago first.
    public func files() -> [File] {
        folders().flatMap { folder in
            contents(of: folder).filter { $0.pathExtension == Self.pathExtension }.compactMap(file)
        }.sorted { $0.used < $1.used }
    }

    /// Removes the files that were used longest ago until the others have at most `limit` bytes.
    /// - Returns: the files that were removed.
    @discardableResult
    public func prune(to limit: Int) -> [File] {
        removeUnfinished()
        let removed = evict(to: limit)
        for folder in folders() { rmdir(folder.path(percentEncoded: false)) }
        return removed
    }

    private func evict(to limit: Int) -> [File] {
        let files = files()
        var total = files.reduce(0) { $0 + $1.byteCount }
        var removed: [File] = []
        for file in files where total > limit {
            total -= file.byteCount
            // Another program may have been faster.
            if (try? FileManager.default.removeItem(at: file.url)) != nil { removed.append(file) }
        }
        return removed
    }

    static let pathExtension = "features"

    func folder(of network: ContentHash) -> URL {
        folder.appending(path: "\(network)", directoryHint: .isDirectory)
    }

    /// The packs of a network that are not in `known`; they count as used now. Damaged ones are removed and told.
    func packs(of network: ContentHash, except known: Set<URL>, damaged: (URL) throws -> Void) rethrows
        -> [FeaturePack]
    {
        var packs: [FeaturePack] = []
        for url in contents(of: folder(of: network)).sorted(by: { $0.path < $1.path })
        where url.pathExtension == Self.pathExtension && !known.contains(url) {
            if let pack = FeaturePack(mapping: url) {
                utimes(url.path(percentEncoded: false), nil)
                packs.append(pack)
            } else if FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) {
                try? FileManager.default.removeItem(at: url)
                try damaged(url)
            }
        }
        return packs
    }

    /// Keeps a pack.
    /// - Throws: ``FeatureStoreError/write(path:reason:)``
    func write(_ contents: Data, of network: ContentHash) throws(FeatureStoreError) -> FeaturePack {
        let folder = folder(of: network)
        let name = UUID().uuidString
        let (temporary, target) = (
            folder.appending(path: ".\(name).tmp"), folder.appending(path: "\(name).\(Self.pathExtension)")
        )
        do {
            _ = evict(to: max(0, byteLimit - contents.count))
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try contents.write(to: temporary)
            try FileManager.default.moveItem(at: temporary, to: target)
        } catch {
            try? FileManager.default.removeItem(at: temporary)
            throw .write(path: folder.path(percentEncoded: false), reason: reason(of: error))
        }
        guard let pack = FeaturePack(mapping: target) else {
            throw .write(
                path: target.path(percentEncoded: false), reason: "what was written is not what is read")
        }
        return pack
    }

    private func file(_ url: URL) -> File? {
        let path = url.path(percentEncoded: false)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = attributes[.size] as? Int, let used = attributes[.modificationDate] as? Date
        else { return nil }
        return File(url: url, byteCount: size, used: used)
    }

    private func folders() -> [URL] { contents(of: folder).filter(\.hasDirectoryPath) }

    /// What programs that were killed had begun to write.
    private func removeUnfinished() {
        let yesterday = Date(timeIntervalSinceNow: -86_400)
        for folder in folders() {
            for url in contents(of: folder) where url.pathExtension == "tmp" {
                if let file = file(url), file.used < yesterday {
                    try? FileManager.default.removeItem(at: url)
                }
            }
        }
    }

    private func contents(of folder: URL) -> [URL] {
        (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    }
}

/// What can go wrong with the feature cache.
public enum FeatureStoreError: Error, Equatable, CustomStringConvertible {
    /// A file or folder cannot be made.
    case write(path: String, reason: String)

    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .write(let path, let reason): "\(path): features cannot be kept: \(reason)"
        }
    }
}
