import Foundation
import Tensors

/// Named arrays and a text in one HDF5 file, with a checksum over all of it: a checkpoint, say.
///
/// An array is a dataset of Float32; a slash in its name makes a group. The text is the attribute `text` of
/// the root group. HDF5 leaves the first 512 bytes to the user: they say in ASCII what the CRC-32 (zlib's) of
/// the rest of the file is, so that a damaged file never comes to the library, which might not survive it.
public struct ArrayFile: Sendable {
    /// The text.
    public var text: String
    /// The arrays by name: `parameters/conv1/kernel`.
    public var arrays: [String: Tensor]

    /// The contents of a file.
    public init(text: String, arrays: [String: Tensor] = [:]) {
        self.text = text
        self.arrays = arrays
    }

    /// Reads a whole file.
    /// - Throws: ``KerasFileError`` where it is missing, damaged, of another kind, or not to be trusted.
    public init(contentsOf path: String) throws {
        try ChecksumBlock.check(path)
        let root = try HDF5Group(openFile: path)
        guard let text = try root.string("text") else {
            throw KerasFileError.damaged(file: path, reason: "it has no text")
        }
        self.init(text: text)
        try read(root, prefix: "", depth: 0)
    }

    /// Writes a file; one that is there is replaced when the new one is complete.
    /// - Parameter willReplace: is called when the new file is complete, and the old one still there.
    /// - Throws: ``KerasFileError/write(file:reason:)``; what was there before then still is.
    public func write(to path: String, willReplace: () -> Void = {}) throws {
        do {
            try AtomicFile.write(path, willReplace: willReplace) { temporary in
                try HDF5Output.writeFile(temporary, named: path, userBlock: ChecksumBlock.size) { root in
                    try root.setText("text", to: text)
                    for name in arrays.keys.sorted() { try write(name, to: root) }
                }
                try ChecksumBlock.fill(temporary, named: path)
            }
        } catch KerasFileError.library(_, _, _, let reason) {
            throw KerasFileError.write(file: path, reason: reason)
        }
    }

    private func write(_ name: String, to root: HDF5Output) throws {
        let parts = name.split(separator: "/")
        let group = try root.group(parts.dropLast().joined(separator: "/"))
        try group.write(arrays[name]!, named: String(parts.last ?? ""))
    }

    private mutating func read(_ group: HDF5Group, prefix: String, depth: Int) throws {
        // Groups may contain themselves.
        guard depth < 32 else {
            throw KerasFileError.damaged(file: group.place.file, reason: "its groups are nested without end")
        }
        for name in try group.memberNames() {
            let (handle, kind) = try group.openMember(name)
            let place = group.place.child(name)
            switch kind {
            case .group:
                let member = HDF5Group(handle: handle, place: place, fileSize: group.fileSize)
                try read(member, prefix: "\(prefix)\(name)/", depth: depth + 1)
            case .dataset:
                let dataset = try HDF5Dataset(handle: handle, place: place, fileSize: group.fileSize)
                arrays[prefix + name] = try dataset.read()
            case .other: throw KerasFileError.missing("array", file: place.file, object: place.object)
            }
        }
    }
}
