import Foundation
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct HostileArchiveTests {
    private static func error(_ path: String, in place: ReadingPlace = .childProcess()) -> String {
        do {
            _ = try ModelFile(path, in: place).model()
            return "no error"
        } catch {
            let text = "\(error)"
            return error is KerasFileError && text.hasPrefix("\(path): ")
                ? String(text.dropFirst(path.count + 2)) : "wrong: \(text)"
        }
    }

    @Test(arguments: [
        ("bomb", "'assets/zeros' in the archive claims 20971520 bytes, which "),
        ("parent_path", "'../../etc/passwd' in the archive has a name that leads out of the archive"),
        ("absolute_path", "'/etc/passwd' in the archive has a name that leads out of the archive"),
        ("no_config", "the archive has no 'config.json', which every Keras model has"),
        ("no_weights", "the archive has no 'model.weights.h5', which every Keras model has"),
        ("no_hdf5", "the file is incomplete or damaged ("),
        ("not_json", "expected attribute 'model_config' of '/' to be a model as JSON"),
        ("not_utf8", "'config.json' in the archive is not UTF-8"),
        ("deep", "expected attribute 'model_config' of '/' to be a model as JSON"),
        ("twice", "the archive cannot be read: File already exists"),
        ("bad_sum", "'model.weights.h5' in the archive cannot be read: CRC error"),
        ("encrypted", "'metadata.json' in the archive is encrypted"),
        ("cut", "the file is incomplete or damaged ("),
        ("empty_weights", "the file is incomplete or damaged ("),
    ])
    func `An archive that no Keras wrote is refused with a reason`(name: String, reason: String) {
        let error = Self.error(Fixtures.path("keras_files/hostile/\(name).keras"))
        #expect(error.hasPrefix(reason), "\(error)")
    }

    @Test func `Thousands of entries are refused`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "many.keras").path(percentEncoded: false)
            let entries = (0..<1100).map { (name: "assets/\($0)", content: ZipOutput.Content.text("")) }
            try ZipOutput.write(entries, to: path, named: path)
            #expect(Self.error(path) == "the archive has 1100 entries; a Keras model has a handful")
        }
    }

    @Test func `An archive cut short anywhere is refused, and nothing crashes`() throws {
        let whole = try Data(contentsOf: URL(filePath: ExpectedOutputs.path("keras3_plain_sequential.keras")))
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "cut.keras").path(percentEncoded: false)
            for length in stride(from: 8, to: whole.count, by: whole.count / 60) {
                try whole.prefix(length).write(to: URL(filePath: path))
                #expect(
                    Self.error(path, in: .thisProcess).hasPrefix("the archive cannot be read: "), "\(length)")
            }
        }
    }

    @Test func `Changed bytes in the list of entries or the configuration never crash`() throws {
        let whole = try Data(contentsOf: URL(filePath: ExpectedOutputs.path("keras3_plain_sequential.keras")))
        // The weights lie between; whatever is changed there, the checksum tells.
        let parts = [0..<200, 200..<1600, whole.count - 400..<whole.count]
        try Fixtures.withTemporaryFolder { folder in
            let path = folder.appending(path: "changed.keras").path(percentEncoded: false)
            for position in parts.flatMap({ Array($0) }).filter({ $0 % 3 == 0 }) {
                var changed = whole
                changed[position] ^= 0x24
                try changed.write(to: URL(filePath: path))
                #expect(!Self.error(path, in: .thisProcess).hasPrefix("wrong"))
            }
        }
    }
}
