import Foundation

/// Loads files over HTTPS, and goes on where an earlier try ended.
///
/// ```swift
/// try Downloader().download(weights.url, to: "pretrained/\(weights.fileName)", md5: weights.md5) {
///     print("\($0.receivedBytes) bytes")
///     return !isInterrupted
/// }
/// ```
/// What arrives is written to `<file>.part`, which gets the wanted name only when it is complete and right.
public struct Downloader: Sendable {
    /// How often a request is repeated that brought nothing new, where another try may help.
    public var retries: Int
    /// How long to wait before the first repetition; each further one waits twice as long.
    public var backoff: Duration
    /// How many seconds a connection may take.
    public var connectTimeout: Int
    /// After how many seconds without a byte a connection is given up.
    public var stallTimeout: Int

    /// What had to be done.
    public enum Outcome: Sendable, Equatable {
        /// Nothing: the file was there already.
        case present
        /// The file was loaded, and has so many bytes.
        case downloaded(bytes: Int)
    }

    /// A downloader.
    public init(
        retries: Int = 4, backoff: Duration = .seconds(1), connectTimeout: Int = 30, stallTimeout: Int = 30
    ) {
        self.retries = retries
        self.backoff = backoff
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
    }

    /// Loads a file, unless it is there already: with the right digest and size, as far as they are known.
    /// - Parameters:
    ///   - url: an https:// address, or an http:// one of 127.0.0.1.
    ///   - path: the file's name to be; its folder is made.
    ///   - md5: the file's digest, in hexadecimal, if it is known.
    ///   - size: the file's size in bytes, if it is known.
    ///   - progress: called several times a second; the download ends with
    ///     ``DownloadError/cancelled(url:partial:)`` when it returns false.
    /// - Throws: ``DownloadError``
    @discardableResult public func download(
        _ url: String, to path: String, md5: String? = nil, size: Int? = nil,
        progress: @escaping (DownloadProgress) -> Bool = { _ in true }
    ) throws(DownloadError) -> Outcome {
        let expected = Expectation(md5: md5?.lowercased(), size: size)
        let address = try Address(url)
        if try isPresent(path, expected, url) { return .present }
        let part = try PartialFile(of: path)
        let session = DownloadSession(address, into: part, expected, settings: self, progress: progress)
        do throws(DownloadError) {
            try session.run()
            try part.publish()
            return .downloaded(bytes: part.count)
        } catch {
            switch error {
            case .md5, .size: part.remove()
            default: part.leave(modified: session.lastModified)
            }
            throw error
        }
    }

    private func isPresent(
        _ path: String, _ expected: Expectation, _ url: String
    ) throws(DownloadError) -> Bool {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return false }
        guard !isFolder.boolValue else { throw .file(path: path, reason: "is a folder; expected a file") }
        return try expected.objection(to: path, from: url) == nil
    }
}

/// What is known of a file before it is loaded.
struct Expectation {
    var md5: String?
    var size: Int?

    /// What is wrong with a file; nil if nothing is.
    func objection(to path: String, from url: String) throws(DownloadError) -> DownloadError? {
        if let size {
            let found = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
            guard found == size else { return .size(url: url, expected: size, found: found) }
        }
        if let md5 {
            let found = try MD5.ofFile(path)
            guard found == md5 else { return .md5(url: url, expected: md5, found: found) }
        }
        return nil
    }
}
