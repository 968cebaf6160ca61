import Foundation
import KerasFiles
import Layers
import Training
import Wording

/// All that a run which was stopped needs to go on.
///
/// The file is HDF5. Its attribute `text` is a JSON object with the counters, the epochs so far and what the
/// run began with; `parameters/LAYER/ARRAY` are the arrays, `best/…` those of the best epoch where they
/// differ, `optimizer/LAYER/ARRAY/N` what the optimizer remembers of an array. Arrays that are still what the
/// run began with, such as those of a frozen backbone, are left out: the text names them, and has the checksum
/// of all arrays that the run began with. See `ArrayFile` for the file's own checksum.
public struct Checkpoint: Sendable {
    /// What the run began with.
    public var origin: RunOrigin
    /// The results of the network that the experiment is about, once its baseline is being trained.
    public var fineTuned: RunSummary.Results?
    /// Where the run is.
    public var position: RunPosition
    /// Why a newer checkpoint could not be used; nil where this is the last.
    public var damage: String?

    /// A checkpoint.
    public init(origin: RunOrigin, fineTuned: RunSummary.Results?, position: RunPosition) {
        self.origin = origin
        self.fineTuned = fineTuned
        self.position = position
    }

    /// Puts the checkpoint into a run's folder; the one before is kept, too.
    /// - Parameter initial: the arrays that the run began with; of these, none is written that is still the same.
    /// - Throws: `KerasFileError/write`; the one before is then still there.
    public func write(to folder: RunFolder, leavingOut initial: Parameters = Parameters()) throws {
        let unchanged = CheckpointArrays.unchanged(position.loop, since: initial)
        let text = try Self.encoder.encode(CheckpointText(self, unchanged: unchanged))
        let arrays = CheckpointArrays.arrays(of: position.loop, without: unchanged)
        try ArrayFile(text: String(decoding: text, as: UTF8.self), arrays: arrays)
            // Not before the new one is complete: meanwhile the last one would be all that there is.
            .write(
                to: folder.path(folder.checkpoint.lastPathComponent), willReplace: folder.keepCheckpoint)
    }

    /// The checkpoint of a run; nil where it has none. Where the last is damaged, by a power cut say, it is
    /// the one before, which then takes its place; ``damage`` says so.
    /// - Throws: ``ExperimentError/damagedCheckpoint(path:reason:)``, and what ``RunOrigin`` says of an
    ///   experiment that is no longer the run's.
    public static func read(_ folder: RunFolder, for experiment: Experiment) throws -> Checkpoint? {
        let files = [folder.checkpoint, folder.previousCheckpoint].filter {
            FileManager.default.fileExists(atPath: $0.path(percentEncoded: false))
        }
        guard let newest = files.first else { return nil }
        do {
            return try read(newest, folder, for: experiment)
        } catch let error as ExperimentError {
            guard case .damagedCheckpoint(let path, let reason) = error, files.count > 1,
                var checkpoint = try? read(files[1], folder, for: experiment)
            else { throw error }
            checkpoint.damage = "\(path): the checkpoint cannot be used: \(reason)"
            // Else the next checkpoint would take the place of the sound one.
            try folder.replaceCheckpoint()
            return checkpoint
        }
    }

    private static func read(
        _ url: URL, _ folder: RunFolder, for experiment: Experiment
    ) throws -> Checkpoint {
        let path = folder.path(url.lastPathComponent)
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
            let arrays = try CheckpointArrays(file, unchanged: Set(text.unchanged ?? []), of: experiment)
            return try text.checkpoint(with: arrays, of: experiment)
        } catch let error as CheckpointText.Problem {
            throw ExperimentError.damagedCheckpoint(path: path, reason: error.reason)
        }
    }

    /// Removes the checkpoints of a run that needs none any more.
    public static func remove(from folder: RunFolder) {
        for file in [folder.checkpoint, folder.previousCheckpoint] {
            try? FileManager.default.removeItem(at: file)
        }
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}

extension RunFolder {
    /// Gives the last checkpoint the place of the one before. Its own is taken by the next one at once; whoever
    /// is killed between finds it where it is then.
    fileprivate func keepCheckpoint() {
        rename(path(checkpoint.lastPathComponent), path(previousCheckpoint.lastPathComponent))
    }

    /// Gives the checkpoint before the last the place of the last.
    fileprivate func replaceCheckpoint() throws(ExperimentError) {
        let (old, new) = (
            previousCheckpoint.path(percentEncoded: false), checkpoint.path(percentEncoded: false)
        )
        guard rename(old, new) == 0 else {
            throw .folder(path: path(checkpoint.lastPathComponent), reason: systemReason())
        }
    }
}
