import Foundation
import Wording

/// What a file's first bytes tell about it.
enum FileSignature {
    private static let others: [(start: String, name: String)] = [
        ("<", "a web page or XML (did a download fail?)"),
        ("version https://git-lfs", "a Git LFS pointer; the file itself was not downloaded"),
        ("\u{1F}", "a compressed file; unpack it first"),
        ("{", "JSON"),
    ]

    /// The size of a file that can be HDF5.
    /// - Throws: ``KerasFileError`` where there is no file, or another kind of file.
    static func checkedSize(of path: String) throws -> Int {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw KerasFileError.noFile(path)
        }
        if let model = SavedModel(path) { throw KerasFileError.savedModel(model) }
        guard !isFolder.boolValue else { throw KerasFileError.notHDF5(file: path, found: "a folder") }
        let (size, start): (Int, Data?)
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            let first = try file.read(upToCount: 64) ?? Data()
            size = Int(clamping: try file.seekToEnd())
            start = try hasHDF5Signature(file, size: size) ? nil : first
        } catch {
            throw KerasFileError.unreadable(file: path, reason: reason(of: error))
        }
        if let start { throw KerasFileError.notHDF5(file: path, found: describe(start)) }
        return size
    }

    /// HDF5's superblock may stand at 0, 512, 1024, 2048 … (specification III, section II.A).
    private static func hasHDF5Signature(_ file: FileHandle, size: Int) throws -> Bool {
        let signature = Data([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])
        var offset = 0
        while offset + signature.count <= size {
            try file.seek(toOffset: UInt64(offset))
            if try file.read(upToCount: signature.count) == signature { return true }
            offset = max(512, 2 * offset)
        }
        return false
    }

    private static func describe(_ start: Data) -> String {
        guard !start.isEmpty else { return "an empty file" }
        let known = others.first { start.starts(with: Data($0.start.utf8)) }
        return known?.name ?? "something else"
    }
}
