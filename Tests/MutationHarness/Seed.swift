import Foundation
import Tensors
import TestSupport

/// A real file that cases are made of.
struct Seed {
    /// The path, below `Tests/Fixtures` if it is a fixture.
    let name: String
    let bytes: [UInt8]
    let archive: StoredZip?
    private let map: HDF5Map
    /// Where a legacy file has its configuration.
    private let config: Range<Int>?

    init(_ path: String, name: String) throws {
        self.name = name
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        let archive = StoredZip(bytes)
        self.bytes = bytes
        self.archive = archive
        let weights = archive?.entries.first { $0.name.elementsEqual("model.weights.h5".utf8) }
        map = HDF5Map(weights?.data ?? bytes)
        config = archive == nil ? Self.config(in: bytes) : nil
    }

    /// The fixtures of Keras files, and the Keras files of other folders.
    static func all(folders: [String]) throws -> [Seed] {
        let fixtures = Fixtures.path("keras_files")
        return try ([fixtures] + folders).flatMap { folder -> [Seed] in
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
            return try names.filter { $0.hasSuffix("h5") || $0.hasSuffix(".hdf5") || $0.hasSuffix(".keras") }
                .map {
                    try Seed(
                        "\(folder)/\($0)", name: folder == fixtures ? "keras_files/\($0)" : "\(folder)/\($0)")
                }
        }
    }

    /// A damaged copy, the same for the same random numbers.
    func mutated(_ random: inout SeededRandom) -> [UInt8] {
        if archive != nil || bytes.starts(with: [0x50, 0x4B]) {
            return ArchiveMutation.mutated(bytes, self, &random)
        }
        var bytes = bytes
        if let config, random.index(below: 4) == 0 {
            let text = JSONMutation.mutated(Array(bytes[config]), keepingLength: true, &random)
            bytes.replaceSubrange(config, with: text)
        } else {
            damage(&bytes, &random)
        }
        return bytes
    }

    /// Damages the HDF5 file that this is, or that is in it.
    func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        for _ in 0...random.index(below: 3) {
            HDF5Mutation.allCases.pick(&random)?.apply(to: &bytes, map, &random)
        }
    }

    private static func config(in bytes: [UInt8]) -> Range<Int>? {
        let start = Array(#"{"class_name""#.utf8)
        guard let range = bytes.firstRange(of: start) else { return nil }
        let end = bytes[range.lowerBound...].firstIndex(of: 0) ?? bytes.endIndex
        return range.lowerBound..<end
    }
}
