import Foundation
import KerasFiles
import Layers
import Tensors

/// The weights that experiments which follow each other import: read, matched and hashed once, as long as the
/// file is the same, and what they are for.
final class SharedWeights {
    /// What decides which arrays come out.
    private struct Request: Equatable {
        var file: FileVersion
        var options: ImportOptions
        var layers: [String]
    }

    private var known: (request: Request, parameters: Parameters, report: ImportReport)?
    private var digested: (file: FileVersion, digest: String)?
    /// The checksum of the arrays with these stamps, one after the other.
    private var summed: (stamps: [UInt64], checksum: Checksum)?

    /// The arrays of a network that come from a file.
    /// - Throws: ``KerasFileError``, which names the layer that does not fit.
    func parameters(
        of path: String, _ options: ImportOptions, for network: Network
    ) throws -> (Parameters, ImportReport) {
        let layers = network.nodes.filter { !$0.parameters.isEmpty }.map { node in
            "\(node.name) \(node.layer.className) \(node.group) \(node.parameters)"
        }
        let request = FileVersion(path).map { Request(file: $0, options: options, layers: layers) }
        if let known, known.request == request { return (known.parameters, known.report) }
        // Those before can go before others take their place in memory.
        (known, summed) = (nil, nil)
        let (parameters, report) = try WeightsFile(path).backboneParameters(for: network, options)
        known = request.map { ($0, parameters, report) }
        return (parameters, report)
    }

    /// The SHA-256 of a file.
    /// - Throws: Foundation's error where the file cannot be read.
    func digest(of path: String) throws -> String {
        let file = FileVersion(path)
        if let digested, digested.file == file { return digested.digest }
        let digest = try FileDigest.sha256(ofFile: path)
        digested = file.map { ($0, digest) }
        return digest
    }

    /// The checksum of an experiment's arrays, of which those that were imported come first.
    func checksum(of tensors: [Tensor]) -> Checksum {
        let imported = Set(known?.parameters.keys.compactMap { known?.parameters[$0]?.stamp } ?? [])
        let leading = tensors.prefix { imported.contains($0.stamp) }
        let stamps = leading.map(\.stamp)
        var checksum: Checksum
        if let summed, summed.stamps == stamps {
            checksum = summed.checksum
        } else {
            checksum = Checksum(of: leading)
            summed = (stamps, checksum)
        }
        for tensor in tensors.dropFirst(leading.count) { checksum.add(tensor) }
        return checksum
    }
}

/// Tells a file from what takes its place, without reading it.
struct FileVersion: Equatable {
    private let path: String
    private let numbers: [Int]

    /// The file as it is now; nil where there is none.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.path = path
        numbers = [
            Int(status.st_dev), Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec,
            status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}
