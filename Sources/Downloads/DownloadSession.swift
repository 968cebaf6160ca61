import CCurlShim
import Foundation

/// One download from its first request to its last: redirections, repetitions, and the final check.
final class DownloadSession {
    private static let redirectionLimit = 5

    private let address: Address
    private let part: PartialFile
    private let expected: Expectation
    private let settings: Downloader
    private let receiver: PartReceiver

    /// When the server last changed the file, if it says so.
    var lastModified: Date? { receiver.lastModified.flatMap(HTTPDate.date) }

    init(
        _ address: Address, into part: PartialFile, _ expected: Expectation, settings: Downloader,
        progress: @escaping (DownloadProgress) -> Bool
    ) {
        self.address = address
        self.part = part
        self.expected = expected
        self.settings = settings
        receiver = PartReceiver(
            url: address.text, part, size: expected.size, settings: settings, progress)
        if part.hasOldBytes, expected.md5 == nil {
            receiver.version = part.modified.map(HTTPDate.text)
        }
    }

    /// Fills the partial file, and checks it.
    func run() throws(DownloadError) {
        if let size = expected.size, part.count > size { try restart() }
        if expected.size == nil || part.count != expected.size { try loadPersistently() }
        if let objection = try expected.objection(to: part.path, from: address.text) {
            // What an earlier run left may be of another version: the new bytes are not to blame yet.
            guard part.hasOldBytes else { throw objection }
            try restart()
            try loadPersistently()
            if let objection = try expected.objection(to: part.path, from: address.text) { throw objection }
        }
        receiver.reportProgress()
    }

    private func restart() throws(DownloadError) {
        try part.restart()
        receiver.version = nil
    }

    private func loadPersistently() throws(DownloadError) {
        var failures = 0
        while true {
            let before = part.count
            do throws(DownloadError) { return try load() } catch {
                failures = part.count > before ? 1 : failures + 1
                guard error.isTransient, failures <= settings.retries else { throw error }
                try pause(settings.backoff * (1 << min(failures - 1, 10)))
            }
        }
    }

    /// One request, with the redirections that it meets.
    private func load() throws(DownloadError) {
        // Without a digest or a version, nothing would tell that the rest is of another file.
        if part.count > 0, expected.md5 == nil, receiver.version == nil { try restart() }
        var address = address
        for _ in 0...Self.redirectionLimit {
            let result = request(address)
            try check(result, address)
            let status = receiver.head.status
            if status == 416, try completes(receiver.head) { return }
            guard (300..<400).contains(status), let target = result.redirect else {
                return try check(receiver.head)
            }
            address = try address.redirected(to: target)
        }
        throw .tooManyRedirections(url: self.address.text, limit: Self.redirectionLimit)
    }

    private func request(_ address: Address) -> Transfer.Result {
        receiver.begin()
        return Transfer(
            url: address.text, offset: part.count, ifRange: part.count > 0 ? receiver.version : nil,
            connectTimeout: settings.connectTimeout, ignoresProxy: address.isLocal
        ).perform(receiver)
    }

    /// What libcurl met, as an error.
    private func check(_ result: Transfer.Result, _ address: Address) throws(DownloadError) {
        if let failure = receiver.failure { throw failure }
        let url = self.address.text
        switch result.outcome {
        case .complete, .endedByHandler: return
        case .invalidURL: throw .invalidURL(address.text, reason: result.message)
        case .unknownHost: throw .unknownHost(url: url, host: address.host)
        case .noConnection: throw .noConnection(url: url, reason: result.message)
        case .notTrusted: throw .notTrusted(url: url, reason: result.message)
        case .interrupted: throw .interrupted(url: url, reason: result.message, received: part.count)
        case .failed: throw .failed(url: url, reason: result.message)
        }
    }

    private func check(_ head: ResponseHead) throws(DownloadError) {
        guard head.status == 200 || head.status == 206 else {
            throw .status(url: address.text, status: head.status, reason: head.reason)
        }
    }

    /// Whether there is no rest because everything is there already; if not, the next try begins anew.
    private func completes(_ head: ResponseHead) throws(DownloadError) -> Bool {
        if part.count > 0, head.contentRange?.total == part.count { return true }
        let hadBytes = part.count > 0
        try restart()
        if hadBytes {
            throw .interrupted(
                url: address.text, reason: "the file on the server has changed", received: 0)
        }
        return false
    }

    private func pause(_ duration: Duration) throws(DownloadError) {
        let end = ContinuousClock.now + duration
        while ContinuousClock.now < end {
            guard receiver.wantsMore(at: .now) else { throw receiver.failure ?? receiver.cancelled }
            Thread.sleep(forTimeInterval: 0.02)
        }
    }
}
