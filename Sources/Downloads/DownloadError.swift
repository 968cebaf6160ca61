/// What can go wrong while a file is downloaded.
public enum DownloadError: Error, Equatable {
    /// The address is none, or not one that is safe to load from.
    case invalidURL(String, reason: String)
    /// The server sends on to an address that is not safe to load from.
    case redirection(url: String, to: String, reason: String)
    /// The server sends on and on.
    case tooManyRedirections(url: String, limit: Int)
    /// The server answers with an error.
    case status(url: String, status: Int, reason: String)
    /// The server's name has no address.
    case unknownHost(url: String, host: String)
    /// The server cannot be reached.
    case noConnection(url: String, reason: String)
    /// The server cannot prove who it is.
    case notTrusted(url: String, reason: String)
    /// Nothing arrives any more.
    case stalled(url: String, seconds: Int, received: Int)
    /// The connection broke, or the server's answer makes no sense.
    case interrupted(url: String, reason: String, received: Int)
    /// libcurl cannot do what it should.
    case failed(url: String, reason: String)
    /// The file has another size than it should.
    case size(url: String, expected: Int, found: Int)
    /// The file's content is another than it should be.
    case md5(url: String, expected: String, found: String)
    /// A file cannot be read or written.
    case file(path: String, reason: String)
    /// Another program loads the same file.
    case busy(path: String)
    /// The caller wanted it to end; what has arrived waits in the partial file.
    case cancelled(url: String, partial: String)
}

extension DownloadError: CustomStringConvertible {
    /// The error as a sentence for the person who has to act.
    public var description: String {
        switch self {
        case .invalidURL(let url, let reason): "\(url): \(reason)"
        case .redirection(let url, let target, let reason): "\(url): leads to \(target): \(reason)"
        case .tooManyRedirections(let url, let limit):
            "\(url): was sent on more than \(limit) times"
        case .status(let url, let status, let reason):
            "\(url): the server answers \(status)" + (reason.isEmpty ? "" : " (\(reason))")
        case .unknownHost(let url, let host):
            "\(url): the host '\(host)' is not known; check the address and the network"
        case .noConnection(let url, let reason): "\(url): no connection: \(reason)"
        case .notTrusted(let url, let reason): "\(url): the server cannot be trusted: \(reason)"
        case .stalled(let url, let seconds, let received):
            "\(url): nothing has arrived for \(seconds) s, after \(received) bytes; try again to go on from there"
        case .interrupted(let url, let reason, let received):
            "\(url): broken off after \(received) bytes: \(reason); try again to go on from there"
        case .failed(let url, let reason): "\(url): \(reason)"
        case .size(let url, let expected, let found): "\(url): expected \(expected) bytes, found \(found)"
        case .md5(let url, let expected, let found):
            "\(url): expected a file with MD5 \(expected), found \(found); what was loaded is removed"
        case .file(let path, let reason): "\(path): \(reason)"
        case .busy(let path): "\(path): another program is loading this file"
        case .cancelled(let url, let partial):
            "\(url): ended on request; what has arrived is in \(partial), and another try goes on from there"
        }
    }

    /// Whether another try may succeed where this one failed.
    var isTransient: Bool {
        switch self {
        case .stalled, .interrupted, .noConnection: true
        case .status(_, let status, _): [408, 429, 500, 502, 503, 504].contains(status)
        default: false
        }
    }
}
