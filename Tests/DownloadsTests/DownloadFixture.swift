import Foundation
import TestSupport

@testable import Downloads

/// A folder, a file to be loaded, and a server that has it.
struct DownloadFixture {
    /// 300 kB that repeat nowhere near.
    static let file = Data((0..<300_000).map { UInt8(truncatingIfNeeded: ($0 * 2_654_435_761) >> 13) })
    /// Its digest, by Python's hashlib.
    static let md5 = "384d43b457e4391d851b65dec6507b1e"

    let folder: URL
    let server: LocalServer

    /// The wanted file.
    var target: URL { folder.appending(path: "new/file.bin") }
    /// The partial file.
    var part: URL { folder.appending(path: "new/file.bin.part") }
    /// What is in the wanted file, if it is there.
    var loaded: Data? { try? Data(contentsOf: target) }
    /// What is in the partial file, if it is there.
    var left: Data? { try? Data(contentsOf: part) }
    /// What is in the folder.
    var names: [String] {
        let folder = target.deletingLastPathComponent().path(percentEncoded: false)
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Runs a test with a server, which is stopped afterwards.
    static func with(
        _ answer: @escaping @Sendable (LocalServer.Request, Int) -> [LocalServer.Step],
        _ body: (DownloadFixture) throws -> Void
    ) throws {
        try Fixtures.withTemporaryFolder { folder in
            let server = try LocalServer(answer: answer)
            defer { server.stop() }
            try body(DownloadFixture(folder: folder, server: server))
        }
    }

    /// Leaves the beginning of a file behind, as an earlier run would.
    func leavePart(_ data: Data, modified: String? = nil) throws {
        try FileManager.default.createDirectory(
            at: part.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: part)
        if let date = modified.flatMap(HTTPDate.date) {
            try FileManager.default.setAttributes(
                [.modificationDate: date], ofItemAtPath: part.path(percentEncoded: false))
        }
    }

    /// Loads the server's file with short times.
    @discardableResult func download(
        _ path: String = "/file.bin", md5: String? = DownloadFixture.md5, size: Int? = nil, retries: Int = 2,
        progress: @escaping (DownloadProgress) -> Bool = { _ in true }
    ) throws(DownloadError) -> Downloader.Outcome {
        try Downloader(retries: retries, backoff: .milliseconds(10), connectTimeout: 2, stallTimeout: 1)
            .download(
                server.url(path), to: target.path(percentEncoded: false), md5: md5, size: size,
                progress: progress)
    }

    /// The error of a download that must fail.
    func failure(
        _ path: String = "/file.bin", md5: String? = DownloadFixture.md5, size: Int? = nil, retries: Int = 0,
        progress: @escaping (DownloadProgress) -> Bool = { _ in true }
    ) -> DownloadError? {
        do throws(DownloadError) {
            try download(path, md5: md5, size: size, retries: retries, progress: progress)
            return nil
        } catch { return error }
    }
}
