import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Downloads

@Suite struct DownloadErrorTests {
    private let file = DownloadFixture.file

    @Test func `A file with a wrong digest is removed, and the error says what was expected and found`()
        throws
    {
        try DownloadFixture.with({ request, _ in LocalServer.answer(request, Data("other".utf8)) }) {
            fixture in
            // printf other | md5sum
            let found = "795f3202b17cb6bc3d4b771d8c6c9eaf"
            let url = fixture.server.url()
            #expect(
                fixture.failure(retries: 3)
                    == .md5(url: url, expected: DownloadFixture.md5, found: found))
            #expect(fixture.names == [])
            #expect(fixture.server.requests.count == 1)
            #expect(
                fixture.failure()?.description.contains(
                    "expected a file with MD5 \(DownloadFixture.md5), "
                        + "found \(found)") == true)
        }
    }

    @Test func `A file with a wrong size is removed`() throws {
        try DownloadFixture.with({ request, number in
            number == 0
                ? LocalServer.answer(request, DownloadFixture.file)
                : [.send(LocalServer.head("200 OK")), .send(DownloadFixture.file)]
        }) { fixture in
            let url = fixture.server.url()
            #expect(
                fixture.failure(size: 299_999) == .size(url: url, expected: 299_999, found: 300_000))
            guard case .size = fixture.failure(size: 1000) else {
                Issue.record("a file that is longer than it should be was taken")
                return
            }
            #expect(
                fixture.failure(size: 300_001) == .size(url: url, expected: 300_001, found: 300_000))
            #expect(fixture.names == [])
        }
    }

    @Test func `A server's refusal is an error with its status, and nothing is left`() throws {
        try DownloadFixture.with({ request, _ in
            let status = request.path == "/broken" ? "500 Internal Server Error" : "404 Not Found"
            return [.send(LocalServer.head(status, "Content-Length: 4") + Data("oops".utf8))]
        }) { fixture in
            let url = fixture.server.url("/missing")
            let missing = fixture.failure("/missing", retries: 3)
            #expect(missing == .status(url: url, status: 404, reason: "Not Found"))
            #expect(missing?.description == "\(url): the server answers 404 (Not Found)")
            #expect(fixture.server.requests.count == 1)
            #expect(
                fixture.failure("/broken", retries: 1)
                    == .status(
                        url: fixture.server.url("/broken"), status: 500, reason: "Internal Server Error"))
            #expect(fixture.server.requests.count == 3)
            #expect(fixture.names == [])
        }
    }

    @Test func `A connection on which nothing arrives is given up, and its bytes stay`() throws {
        try DownloadFixture.with({ request, _ in
            LocalServer.answer(request, DownloadFixture.file, cut: 1000) + [.stall]
        }) { fixture in
            let url = fixture.server.url()
            #expect(fixture.failure() == .stalled(url: url, seconds: 1, received: 1000))
            #expect(fixture.names == ["file.bin.part"])
            #expect(fixture.left == file.prefix(1000))
        }
    }

    @Test func `A caller who wants no more ends the download, and its bytes stay for the next`() throws {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        try DownloadFixture.with({ request, number in
            LocalServer.answer(request, DownloadFixture.file, modified: date, cut: number == 0 ? 1000 : nil)
                + (number == 0 ? [.stall] : [])
        }) { fixture in
            let error = fixture.failure(md5: nil) { $0.receivedBytes < 1000 }
            let part = fixture.part.path(percentEncoded: false)
            #expect(error == .cancelled(url: fixture.server.url(), partial: part))
            #expect(fixture.names == ["file.bin.part"])
            // Without a digest, the partial file's date tells the next run which version it is of.
            try fixture.download(md5: nil)
            #expect(fixture.server.requests.map(\.rangeStart) == [nil, 1000])
            #expect(fixture.loaded == file)
            #expect(fixture.names == ["file.bin"])
        }
    }

    @Test func `A caller can end the wait between two tries`() throws {
        try DownloadFixture.with({ _, _ in [.send(LocalServer.head("503 Busy", "Content-Length: 0"))] }) {
            fixture in
            let begin = ContinuousClock.now
            #expect(throws: DownloadError.self) {
                try Downloader(backoff: .seconds(60)).download(
                    fixture.server.url(), to: fixture.target.path(percentEncoded: false)
                ) { _ in fixture.server.requests.isEmpty }
            }
            #expect(ContinuousClock.now - begin < .seconds(2))
            #expect(fixture.names == [])
        }
    }

    @Test func `Redirections in a circle and to other schemes are errors`() throws {
        try DownloadFixture.with({ request, _ in
            let target = request.path == "/out" ? "http://example.com/x" : "/circle"
            return [.send(LocalServer.head("301 Moved", "Location: \(target)", "Content-Length: 0"))]
        }) { fixture in
            #expect(
                fixture.failure("/circle")
                    == .tooManyRedirections(url: fixture.server.url("/circle"), limit: 5))
            #expect(fixture.server.requests.count == 6)
            #expect(
                fixture.failure("/out")
                    == .redirection(
                        url: fixture.server.url("/out"), to: "http://example.com/x",
                        reason: "only https:// is safe to follow"))
            #expect(fixture.names == [])
        }
    }

    @Test func `What began encrypted is not followed to where it is not, not even on this machine`() throws {
        let secure = try Address("https://example.com/file")
        #expect(try secure.redirected(to: "https://example.org/x").host == "example.org")
        #expect(throws: DownloadError.self) { try secure.redirected(to: "http://127.0.0.1/x") }
        #expect(try Address("http://127.0.0.1:80/x").redirected(to: "https://example.com/").isLocal == false)
    }

    @Test(arguments: [
        "http://example.com/x", "ftp://example.com/x", "file:///etc/passwd", "example.com", "", "https://",
        "http://127.0.0.1@example.com/", "http://127.0.0.1.example.com/", "https://a b/",
        "http://localhost/x",
    ])
    func `Addresses that are not safe to load from are errors`(url: String) throws {
        try Fixtures.withTemporaryFolder { folder in
            let target = folder.appending(path: "x").path(percentEncoded: false)
            #expect(throws: DownloadError.self) { try Downloader(retries: 0).download(url, to: target) }
            #expect(throws: DownloadError.self) { _ = try Address(url) }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            #expect(names.isEmpty)
        }
    }

    @Test func `A host that is not known, and one that does not answer, are errors`() throws {
        try DownloadFixture.with({ _, _ in [] }) { fixture in
            let target = fixture.target.path(percentEncoded: false)
            let unknown = "https://no-such-host.invalid/x"
            #expect(throws: DownloadError.unknownHost(url: unknown, host: "no-such-host.invalid")) {
                try Downloader(retries: 0).download(unknown, to: target)
            }
            fixture.server.stop()
            Thread.sleep(forTimeInterval: 0.05)
            guard case .noConnection = fixture.failure() else {
                Issue.record("a server that is gone was found")
                return
            }
            #expect(fixture.names == [])
        }
    }

    @Test func `A full disk is an error that says so, and the wanted file is not touched`() throws {
        try DownloadFixture.with({ request, _ in LocalServer.answer(request, DownloadFixture.file) }) {
            fixture in
            try fixture.leavePart(Data())
            try FileManager.default.removeItem(at: fixture.part)
            try FileManager.default.createSymbolicLink(
                at: fixture.part, withDestinationURL: URL(filePath: "/dev/full"))
            let part = fixture.part.path(percentEncoded: false)
            #expect(
                fixture.failure()
                    == .file(path: part, reason: "cannot be written: No space left on device"))
            #expect(fixture.names == [])
        }
    }

    @Test func `Places where no file can be are errors`() throws {
        try DownloadFixture.with({ request, _ in LocalServer.answer(request, DownloadFixture.file) }) {
            fixture in
            try FileManager.default.createDirectory(at: fixture.target, withIntermediateDirectories: true)
            let target = fixture.target.path(percentEncoded: false)
            #expect(fixture.failure() == .file(path: target, reason: "is a folder; expected a file"))
            try FileManager.default.removeItem(at: fixture.target)
            try FileManager.default.createDirectory(at: fixture.part, withIntermediateDirectories: true)
            #expect(
                fixture.failure()
                    == .file(
                        path: fixture.part.path(percentEncoded: false),
                        reason: "cannot be opened: Is a directory"))
            #expect(fixture.server.requests.isEmpty)
        }
    }

    @Test func `Two downloads of one file do not write into each other`() throws {
        try DownloadFixture.with({ request, _ in LocalServer.answer(request, DownloadFixture.file) }) {
            fixture in
            let other = try PartialFile(of: fixture.target.path(percentEncoded: false))
            #expect(fixture.failure() == .busy(path: other.path))
            other.remove()
            try fixture.download()
        }
    }
}
