import Foundation

/// An address that is safe to load from: https, or http from this very machine.
struct Address: Equatable {
    /// The address as text.
    let text: String
    /// The server's name.
    let host: String
    private let isEncrypted: Bool

    /// Checks an address.
    init(_ text: String) throws(DownloadError) {
        guard let url = URL(string: text, encodingInvalidCharacters: false), let scheme = url.scheme,
            let host = url.host(percentEncoded: false), !host.isEmpty
        else { throw .invalidURL(text, reason: "expected an address such as https://host/file") }
        // 'http://127.0.0.1@host' must not look like this machine.
        guard url.user == nil, url.password == nil else {
            throw .invalidURL(text, reason: "expected an address without a user's name")
        }
        isEncrypted = scheme.lowercased() == "https"
        guard isEncrypted || (scheme.lowercased() == "http" && host == "127.0.0.1") else {
            throw .invalidURL(text, reason: "expected an https:// address, found \(scheme)://")
        }
        (self.text, self.host) = (text, host)
    }

    /// The address that a server sends on to; what began encrypted stays so.
    func redirected(to target: String) throws(DownloadError) -> Address {
        let next: Address
        do throws(DownloadError) { next = try Address(target) } catch {
            throw .redirection(url: text, to: target, reason: "only https:// is safe to follow")
        }
        guard next.isEncrypted || !isEncrypted else {
            throw .redirection(url: text, to: target, reason: "only https:// is safe to follow")
        }
        return next
    }

    /// Whether the server is this machine, which is reached without a proxy.
    var isLocal: Bool { host == "127.0.0.1" }
}
