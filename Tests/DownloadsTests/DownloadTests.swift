import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Downloads

@Suite struct DownloadTests {
    private let file = DownloadFixture.file

    @Test func `A file is loaded, checked and given its name`() throws {
        try DownloadFixture.with({ request, _ in LocalServer.answer(request, DownloadFixture.file) }) {
            fixture in
            let seen = Mutex<[DownloadProgress]>([])
            let outcome = try fixture.download(size: file.count) { progress in
                seen.withLock { $0.append(progress) }
                return true
            }
            #expect(outcome == .downloaded(bytes: file.count))
            #expect(fixture.loaded == file)
            #expect(fixture.names == ["file.bin"])
            let last = try #require(seen.withLock { $0.last })
            #expect(last.receivedBytes == file.count && last.totalBytes == file.count)
            #expect(last.bytesPerSecond > 0)
        }
    }

    @Test func `A file that is there and right is not loaded again; one that is wrong is replaced`() throws {
        try DownloadFixture.with({ request, _ in LocalServer.answer(request, DownloadFixture.file) }) {
            fixture in
            try fixture.download()
            let second = try fixture.download()
            #expect(second == .present)
            #expect(fixture.server.requests.count == 1)
            try Data("other".utf8).write(to: fixture.target)
            let third = try fixture.download()
            #expect(third == .downloaded(bytes: file.count))
            #expect(fixture.loaded == file)
        }
    }

    @Test func `A connection that breaks is taken up where it broke`() throws {
        try DownloadFixture.with({ request, number in
            LocalServer.answer(request, DownloadFixture.file, cut: number < 2 ? 100_000 : nil)
        }) { fixture in
            let outcome = try fixture.download(md5: nil)
            #expect(outcome == .downloaded(bytes: file.count))
            #expect(fixture.loaded == file)
            #expect(fixture.server.requests.map(\.rangeStart) == [nil, 100_000, 200_000])
            #expect(fixture.server.requests.map { $0.headers["if-range"] } == [nil, "\"v1\"", "\"v1\""])
        }
    }

    @Test func `A file that changes while the connection is broken is loaded from its beginning`() throws {
        let changed = Data(DownloadFixture.file.reversed())
        try DownloadFixture.with({ request, number in
            number == 0
                ? LocalServer.answer(request, DownloadFixture.file, cut: 100_000)
                : LocalServer.answer(request, changed, version: "\"v2\"")
        }) { fixture in
            let outcome = try fixture.download(md5: nil)
            #expect(outcome == .downloaded(bytes: changed.count))
            #expect(fixture.loaded == changed)
        }
    }

    @Test func `What an earlier run left is gone on with where a digest checks the whole`() throws {
        try DownloadFixture.with({ request, _ in LocalServer.answer(request, DownloadFixture.file) }) {
            fixture in
            try fixture.leavePart(file.prefix(250_000))
            let outcome = try fixture.download()
            #expect(outcome == .downloaded(bytes: file.count))
            #expect(fixture.server.requests.map(\.rangeStart) == [250_000])
            #expect(fixture.loaded == file)
        }
    }

    @Test func `Without a digest, an earlier run's version is asked for by its date`() throws {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        let answer: @Sendable (LocalServer.Request, Int) -> [LocalServer.Step] = { request, _ in
            LocalServer.answer(request, DownloadFixture.file, modified: date)
        }
        try DownloadFixture.with(answer) { fixture in
            try fixture.leavePart(file.prefix(1000), modified: date)
            try fixture.download(md5: nil)
            #expect(fixture.server.requests.map { $0.headers["if-range"] } == [date])
            #expect(fixture.server.requests.map(\.rangeStart) == [1000])
            #expect(fixture.loaded == file)
        }
        try DownloadFixture.with(answer) { fixture in
            try fixture.leavePart(Data("of another version".utf8))
            try fixture.download(md5: nil)
            #expect(fixture.loaded == file)
        }
    }

    @Test func `What an earlier run left of another version is loaded anew when the digest is wrong`() throws
    {
        try DownloadFixture.with({ request, _ in LocalServer.answer(request, DownloadFixture.file) }) {
            fixture in
            try fixture.leavePart(Data(repeating: 7, count: 1000))
            let outcome = try fixture.download()
            #expect(outcome == .downloaded(bytes: file.count))
            #expect(fixture.server.requests.map(\.rangeStart) == [1000, nil])
            #expect(fixture.loaded == file)
        }
    }

    @Test func `A partial file that is complete, or too long, is recognized`() throws {
        try DownloadFixture.with({ request, _ in LocalServer.answer(request, DownloadFixture.file) }) {
            fixture in
            try fixture.leavePart(file)
            let first = try fixture.download()
            #expect(first == .downloaded(bytes: file.count))
            #expect(fixture.server.requests.map(\.rangeStart) == [file.count])
            try FileManager.default.removeItem(at: fixture.target)
            try fixture.leavePart(file)
            let second = try fixture.download(size: file.count)
            #expect(second == .downloaded(bytes: file.count))
            #expect(fixture.server.requests.count == 1)
            try FileManager.default.removeItem(at: fixture.target)
            try fixture.leavePart(file + Data("more".utf8))
            let third = try fixture.download()
            #expect(third == .downloaded(bytes: file.count))
            #expect(fixture.loaded == file)
        }
    }

    @Test func `A server that ignores ranges sends the whole, which replaces the part`() throws {
        try DownloadFixture.with({ request, _ in
            var request = request
            request.headers["range"] = nil
            return LocalServer.answer(request, DownloadFixture.file)
        }) { fixture in
            try fixture.leavePart(file.prefix(250_000))
            let outcome = try fixture.download()
            #expect(outcome == .downloaded(bytes: file.count))
            #expect(fixture.loaded == file)
        }
    }

    @Test func `A server that sends another range than asked for is not believed`() throws {
        try DownloadFixture.with({ request, number in
            var request = request
            if number == 0 { request.headers["range"] = "bytes=5-" }
            return LocalServer.answer(request, DownloadFixture.file)
        }) { fixture in
            try fixture.leavePart(file.prefix(1000))
            try fixture.download()
            #expect(fixture.server.requests.map(\.rangeStart) == [1000, nil])
            #expect(fixture.loaded == file)
        }
    }

    @Test func `Redirections are followed, and the range with them`() throws {
        try DownloadFixture.with({ request, _ in
            request.path == "/file.bin"
                ? LocalServer.answer(request, DownloadFixture.file)
                : [
                    .send(
                        LocalServer.head("302 Found", "Location: /file.bin", "Content-Length: 3")
                            + Data("see".utf8))
                ]
        }) { fixture in
            try fixture.leavePart(file.prefix(1000))
            try fixture.download("/moved")
            #expect(fixture.server.requests.map(\.path) == ["/moved", "/file.bin"])
            #expect(fixture.server.requests.map(\.rangeStart) == [1000, 1000])
            #expect(fixture.loaded == file)
        }
    }

    @Test func `A server that is overloaded for a while is asked again`() throws {
        try DownloadFixture.with({ request, number in
            number < 2
                ? [.send(LocalServer.head("503 Service Unavailable", "Content-Length: 0"))]
                : LocalServer.answer(request, DownloadFixture.file)
        }) { fixture in
            try fixture.download()
            #expect(fixture.server.requests.count == 3)
            #expect(fixture.loaded == file)
        }
    }
}
