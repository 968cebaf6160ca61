import Foundation
import TestSupport
import Testing

@testable import KerasFiles
@testable import MutationHarness

/// Damaged files that once brought a reader down, or were representative of a kind: `MutationHarness` found them.
@Suite struct PastFailuresTests {
    private static let folder = Fixtures.url("keras_files/failures")

    private static func names() -> [String] {
        let all = try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
        return (all ?? []).filter { $0.hasSuffix(".json") }.sorted()
    }

    @Test(arguments: names())
    func `A damaged file is read or refused with a reason, and brings nobody down`(name: String) throws {
        let patch = try JSONDecoder().decode(
            FilePatch.self, from: Data(contentsOf: Self.folder.appending(path: name)))
        let original = [UInt8](try Data(contentsOf: Fixtures.url(patch.original)))
        let bytes = try #require(patch.changed(original))
        #expect(bytes != original)
        try Fixtures.withTemporaryFolder { folder in
            let ending = patch.original.hasSuffix(".keras") ? "keras" : "h5"
            let path = folder.appending(path: "x.\(ending)").path(percentEncoded: false)
            try Data(bytes).write(to: URL(filePath: path))
            do {
                let file = try WeightsFile(path, in: .childProcess(ReaderLimits(processorSeconds: 1)))
                for array in file.layers.flatMap(\.arrays) { _ = try file.read(array) }
                _ = try ModelFile(file).model()
            } catch {
                #expect(error is KerasFileError && "\(error)".hasPrefix("\(path): "), "\(error)")
            }
        }
    }

    @Test func `A patch is the difference between two files`() throws {
        let before = Array("a file of some length".utf8)
        for after in [
            "a file of some width!", "a mile of same length", "", "a file", "a longer file of some length",
        ] {
            let patch = FilePatch(original: "x", finding: "", from: before, to: Array(after.utf8))
            let found = try #require(patch.changed(before))
            #expect(String(decoding: found, as: UTF8.self) == after)
        }
    }
}
