import Foundation
import Graft
import TestSupport
import Testing

@Suite struct PullTests {
    private static let file = "mobilenet_2_5_128_tf_no_top.h5"

    private static func with(
        _ contents: Data, _ body: (LocalServer, _ folder: URL) throws -> Void
    ) throws {
        try Fixtures.withTemporaryFolder { folder in
            let server = try LocalServer { request, _ in LocalServer.answer(request, contents) }
            defer { server.stop() }
            try body(server, folder)
        }
    }

    @Test func `Weights are fetched from another place, and not twice`() throws {
        let contents = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try Self.with(contents) { server, folder in
            let words = ["pull", "mobilenet", "--alpha", "0.25", "--size", "128", "--to", "weights"]
            let outcome = try Program.run(
                Program.graft, words + ["--from", server.url("/mirror/")], in: folder)
            #expect(outcome.status == 0, "\(outcome.error)")
            #expect(server.requests.map(\.path) == ["/mirror/\(Self.file)"])
            #expect(try Data(contentsOf: folder.appending(path: "weights/\(Self.file)")) == contents)
            #expect(
                outcome.output
                    == """
                    \(Self.file) from \(server.url("/mirror/\(Self.file)"))
                    weights/\(Self.file)  98 KiB; Keras publishes no MD5 to check

                    """)
        }
    }

    @Test func `A file with another MD5 is not taken`() throws {
        try Self.with(Data("something else".utf8)) { server, folder in
            let outcome = try Program.graft("pull", "vgg16", "--from", server.url(""), in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.error.hasPrefix("error: "))
            let pretrained = folder.appending(path: "pretrained").path
            let left = (try? FileManager.default.contentsOfDirectory(atPath: pretrained)) ?? []
            #expect(!left.contains { $0.hasSuffix(".h5") })
        }
    }

    @Test func `What was never published is a command line that makes no sense`() throws {
        let outcome = try Program.graft("pull", "vgg16", "--alpha", "0.5")
        #expect(outcome.status == 2)
        #expect(outcome.error.contains("(see 'graft models vgg16')"))
        let useless = try Program.graft("pull", Self.file, "--top")
        #expect(useless.status == 2)
        #expect(useless.error.contains("--top has no effect here"))
    }
}
