import Foundation

/// Takes what a server answers, and writes to the partial file what belongs there.
final class PartReceiver: Transfer.Receiver {
    /// How much of an answer that is no file is read before the connection is closed.
    private static let ignoredLimit = 1 << 20
    private static let progressInterval = Duration.milliseconds(100)

    /// The head of the last answer.
    private(set) var head = ResponseHead()
    /// Why the transfer was ended from this side.
    private(set) var failure: DownloadError?
    /// The version of the file that the partial file's bytes are of: an ETag or a date.
    var version: String?
    /// When the server last changed the file.
    private(set) var lastModified: String?

    private let url: String
    private let part: PartialFile
    private let size: Int?
    private let settings: Downloader
    private let progress: (DownloadProgress) -> Bool
    private var isAccepted = false
    private var ignoredCount = 0
    /// When the connection is given up if nothing arrives until then.
    private var deadline = ContinuousClock.now
    private var total: Int?
    private var meter = RateMeter()
    private var lastProgress: ContinuousClock.Instant?

    init(
        url: String, _ part: PartialFile, size: Int?, settings: Downloader,
        _ progress: @escaping (DownloadProgress) -> Bool
    ) {
        self.url = url
        self.part = part
        self.size = size
        self.settings = settings
        self.progress = progress
        total = size
    }

    /// The error for a caller who wants no more.
    var cancelled: DownloadError { .cancelled(url: url, partial: part.path) }

    /// Gets ready for another answer.
    func begin() {
        head = ResponseHead()
        failure = nil
        isAccepted = false
        ignoredCount = 0
        deadline = .now + .seconds(settings.connectTimeout + settings.stallTimeout)
    }

    func receive(headLine: String) -> Bool {
        postponeDeadline()
        guard headLine.allSatisfy(\.isNewline) else {
            head.receive(headLine)
            return true
        }
        return attempt { () throws(DownloadError) in try accept() }
    }

    func receive(body: Data) -> Bool {
        postponeDeadline()
        guard isAccepted else {
            ignoredCount += body.count
            return ignoredCount <= Self.ignoredLimit
        }
        return attempt { () throws(DownloadError) in
            if let size, part.count + body.count > size {
                throw .size(url: url, expected: size, found: part.count + body.count)
            }
            try part.append(body)
        }
    }

    func tick() -> Bool {
        let now = ContinuousClock.now
        guard now < deadline else {
            failure = .stalled(url: url, seconds: settings.stallTimeout, received: part.count)
            return false
        }
        return wantsMore(at: now)
    }

    private func postponeDeadline() { deadline = .now + .seconds(settings.stallTimeout) }

    /// Asks the caller, though not for every piece.
    func wantsMore(at now: ContinuousClock.Instant) -> Bool {
        if let lastProgress, now - lastProgress < Self.progressInterval { return true }
        lastProgress = now
        guard reportProgress() else {
            failure = cancelled
            return false
        }
        return true
    }

    /// Tells the caller how far it is; false if he wants no more.
    @discardableResult func reportProgress() -> Bool {
        let rate = meter.rate(count: part.count, at: .now)
        return progress(
            DownloadProgress(receivedBytes: part.count, totalBytes: total, bytesPerSecond: rate))
    }

    /// The head is complete: is a file coming, and which part of it?
    private func accept() throws(DownloadError) {
        switch head.status {
        case 200:
            // The server knows no ranges, or has another version by now.
            if part.count > 0 { try part.restart() }
            total = head.contentLength
        case 206:
            guard let range = head.contentRange, range.start == part.count else {
                let reason = "the server sends other bytes than those from \(part.count) on"
                // The next try does not ask for a range.
                try part.restart()
                throw .interrupted(url: url, reason: reason, received: 0)
            }
            total = range.total ?? head.contentLength.map { $0 + part.count }
        default: return
        }
        if let size, let total, total != size { throw .size(url: url, expected: size, found: total) }
        total = size ?? total
        version = head.etag ?? head.lastModified
        lastModified = head.lastModified
        isAccepted = true
    }

    private func attempt(_ body: () throws(DownloadError) -> Void) -> Bool {
        do throws(DownloadError) {
            try body()
            return true
        } catch {
            failure = error
            return false
        }
    }
}
