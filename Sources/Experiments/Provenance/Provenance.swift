import Datasets
import Foundation
import KerasFiles
import Tensors
import Wording

/// What a run's numbers depend on beside its configuration: equal provenance and an equal configuration give
/// equal weights, bit for bit.
public struct Provenance: Codable, Sendable, Equatable {
    /// The versions of the C libraries, by name.
    public var libraries: [String: String]
    /// The processor.
    public var processor: Processor
    /// How many threads compute.
    public var threads: Int
    /// The operating system and its version.
    public var system: String
    /// The commit that is checked out in the working folder; nil where that is in no git repository.
    public var gitCommit: String?
    /// The SHA-256 of the file that weights are imported from; nil where they are random.
    public var weightsSHA256: String?
    /// Identifies the pictures with their classes and splits: see `Dataset.contentHash()`.
    public var dataHash: String

    private enum CodingKeys: String, CodingKey {
        case libraries, processor, threads, system
        case gitCommit = "git_commit"
        case weightsSHA256 = "weights_sha256"
        case dataHash = "data_hash"
    }

    /// What an experiment depends on here and now. Reads all its files.
    /// - Throws: `DatasetError/unreadable(path:reason:)`, ``ExperimentError/folder(path:reason:)``
    public init(of experiment: Experiment) throws {
        libraries = ComputeLibraries.versions
            .merging(FileLibraries.versions) { first, _ in first }
            .merging(PictureLibraries.versions) { first, _ in first }
        processor = .current
        threads = ComputeThreads.current
        system = ProcessInfo.processInfo.operatingSystemVersionString
        let folder = FileManager.default.currentDirectoryPath
        gitCommit = GitCommit.checkedOut(in: URL(filePath: folder, directoryHint: .isDirectory))
        weightsSHA256 = try experiment.importReport.map {
            try Self.digest(of: $0.file, sharing: experiment.sharedWeights)
        }
        dataHash = try experiment.contentHash().description
    }

    private static func digest(
        of path: String, sharing shared: SharedWeights?
    ) throws(ExperimentError) -> String {
        do {
            return try shared?.digest(of: path) ?? FileDigest.sha256(ofFile: path)
        } catch {
            throw .folder(path: path, reason: "cannot be read: \(reason(of: error))")
        }
    }
}
