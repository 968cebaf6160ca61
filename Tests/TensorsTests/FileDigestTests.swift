import Foundation
import TestSupport
import Testing

@testable import Tensors

@Suite struct FileDigestTests {
    /// The values are those of `sha256sum`.
    @Test(
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func `A file's digest is SHA-256's`(text: String, digest: String) throws {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "file")
            try Data(text.utf8).write(to: file)
            #expect(try FileDigest.sha256(ofFile: file.path(percentEncoded: false)) == digest)
        }
    }

    @Test func `A file is read in pieces`() throws {
        try Fixtures.withTemporaryFolder { folder in
            let file = folder.appending(path: "file")
            try Data(repeating: 0x61, count: 3_000_000).write(to: file)
            #expect(
                try FileDigest.sha256(ofFile: file.path(percentEncoded: false))
                    == "2a152c894398719c0570f83fac34ac03a0f6e8e474b995c2403aa5434f7b9dd4")
        }
    }
}
