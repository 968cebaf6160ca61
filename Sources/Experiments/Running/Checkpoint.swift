import Foundation
import KerasFiles
import Layers
import Training

/// All that a run which was stopped needs to go on.
///
/// The file is HDF5. Its attribute `text` is a JSON object with the counters, the epochs so far and what the
/// run began with; `parameters/LAYER/ARRAY` are the arrays, `best/…` those of the best epoch where they
/// differ, `optimizer/LAYER/ARRAY/N` what the optimizer remembers of an array. See `ArrayFile` for the
/// checksum.
public struct Checkpoint: Sendable {
    /// What the run began with.
    public var origin: RunOrigin
    /// The results of the network that the experiment is about, once its baseline is being trained.
    public var fineTuned: RunSummary.Results?
    /// Where the run is.
    public var position: RunPosition

    /// A checkpoint.
    public init(origin: RunOrigin, fineTuned: RunSummary.Results?, position: RunPosition) {
        self.origin = origin
        self.fineTuned = fineTuned
        self.position = position
    }

    /// Puts the checkpoint into a run's folder, in place of the one before.
    /// - Throws: `KerasFileError/write`; the one before is then still there.
    public func write(to folder: RunFolder) throws {
        let text = String(decoding: try Self.encoder.encode(CheckpointText(self)), as: UTF8.self)
        try ArrayFile(text: text, arrays: CheckpointArrays.arrays(of: position.loop))
            .write(to: folder.path(folder.checkpoint.lastPathComponent))
    }

    /// The checkpoint of a run; nil where it has none.
    /// - Throws: ``ExperimentError/damagedCheckpoint(path:reason:)``, and what ``RunOrigin`` says of an
    ///   experiment that is no longer the run's.
    public static func read(_ folder: RunFolder, for experiment: Experiment) throws -> Checkpoint? {
        let path = folder.path(folder.checkpoint.lastPathComponent)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let (text, file): (CheckpointText, ArrayFile)
        do {
            file = try ArrayFile(contentsOf: path)
            text = try JSONDecoder().decode(CheckpointText.self, from: Data(file.text.utf8))
        } catch let error as DecodingError {
            throw ExperimentError.damagedCheckpoint(path: path, reason: "\(error)")
        } catch {
            let reason = "\(error)".replacing("\(path): ", with: "")
                .replacing("; download or copy it again", with: "")
            throw ExperimentError.damagedCheckpoint(path: path, reason: reason)
        }
        try text.origin.check(experiment, folder.path(folder.configuration.lastPathComponent))
        do {
            return try text.checkpoint(with: CheckpointArrays(file, of: experiment), of: experiment)
        } catch let error as CheckpointText.Problem {
            throw ExperimentError.damagedCheckpoint(path: path, reason: error.reason)
        }
    }

    /// Removes the checkpoint of a run that needs none any more.
    public static func remove(from folder: RunFolder) {
        try? FileManager.default.removeItem(at: folder.checkpoint)
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
