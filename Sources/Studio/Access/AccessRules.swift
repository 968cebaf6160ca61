import Foundation

/// Who may ask for something: which hosts the site goes by, who knows the token, which methods there are.
struct AccessRules: Sendable {
    /// What a request is answered if it is not let through.
    enum Verdict: Sendable, Equatable {
        case allowed
        /// It is refused, with the status and what is wrong.
        case refused(Int, String)
        /// It showed the token: the browser gets a cookie in its place, and asks again for this path.
        case welcome(path: String)
    }

    /// The least number of characters of a token.
    static let minimum = 16

    private let host: HostAddress
    private let port: Int
    private let token: String?
    private let allowsEdits: Bool
    /// What the cookie of those who showed the token holds.
    private let session = Secret.random()

    /// Rules.
    /// - Throws: ``StudioError/tokenNeeded(host:minimum:)``, ``StudioError/weakToken(minimum:found:)``
    init(host: HostAddress, port: Int, token: String?, allowsEdits: Bool) throws(StudioError) {
        try Self.check(host: host, token: token)
        (self.host, self.port, self.token, self.allowsEdits) = (host, port, token, allowsEdits)
    }

    /// Checks that an address that others reach has a token that cannot be guessed.
    static func check(host: HostAddress, token: String?) throws(StudioError) {
        guard let token else {
            guard host.isLoopback else { throw .tokenNeeded(host: host.text, minimum: minimum) }
            return
        }
        let isPlain = token.utf8.allSatisfy { byte in
            Character(Unicode.Scalar(byte)).isLetter && byte < 128 || (48...57).contains(byte)
                || "-._~".utf8.contains(byte)
        }
        guard isPlain, token.count >= minimum else { throw .weakToken(minimum: minimum, found: token.count) }
    }

    /// The cookie's name; cookies do not tell a machine's ports apart.
    var cookieName: String { "graft_studio_\(port)" }

    /// The header field that gives a browser its cookie.
    var cookie: String { "\(cookieName)=\(session); HttpOnly; SameSite=Strict; Path=/" }

    /// Judges a request.
    func verdict(_ request: HTTPRequest) -> Verdict {
        let hosts = request.headers.filter { $0.name == "host" }.map(\.value)
        guard hosts.count == 1, isOwn(hosts[0]) else {
            return .refused(421, "this studio does not go by the name '\(hosts.first ?? "")'")
        }
        guard ["GET", "HEAD"].contains(request.method) || request.method == "POST" && allowsEdits else {
            return .refused(
                405,
                "\(request.method) is not for this studio"
                    + (allowsEdits ? "" : ", which only shows; start it with --allow-edit to change runs"))
        }
        return token.map { verdict(request, token: $0) } ?? .allowed
    }

    private func verdict(_ request: HTTPRequest, token: String) -> Verdict {
        if let given = request.header("authorization").flatMap(Self.bearer) {
            return Secret.isEqual(given, token) ? .allowed : .refused(401, "the token is another one")
        }
        if let given = request.cookie(cookieName), Secret.isEqual(given, session) { return .allowed }
        guard let given = request.query?.first(where: { $0.name == "token" })?.value else {
            return .refused(401, "open the address that 'graft studio' printed, which has the token in it")
        }
        guard Secret.isEqual(given, token) else { return .refused(401, "the token is another one") }
        return .welcome(path: Self.withoutToken(request.target))
    }

    private static func bearer(_ value: String) -> String? {
        let words = value.split(separator: " ")
        return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
    }

    /// The path and query without the token, as a path of this site whatever it begins with.
    private static func withoutToken(_ target: String) -> String {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = (parts.count > 1 ? parts[1] : "").split(separator: "&").filter { !$0.hasPrefix("token=") }
        let path = "/" + parts[0].drop { $0 == "/" || $0 == "\\" }
        return rest.isEmpty ? path : path + "?" + rest.joined(separator: "&")
    }

    /// Whether a host is one that the site goes by. Another may be that of a page elsewhere, whose name was made to
    /// lead here (DNS rebinding).
    private func isOwn(_ value: String) -> Bool {
        let lowered = value.lowercased()
        let suffix = ":\(port)"
        guard lowered.hasSuffix(suffix) || port == 80 else { return false }
        let name = lowered.hasSuffix(suffix) ? String(lowered.dropLast(suffix.count)) : lowered
        if ["localhost", "127.0.0.1", "[::1]", host.bracketed].contains(name) { return true }
        guard host.isWildcard else { return false }
        // Numbers cannot be made to lead elsewhere.
        let isNumeric = (try? HostAddress(name)) != nil && (name.contains(".") || name.hasPrefix("["))
        return isNumeric || name == ProcessInfo.processInfo.hostName.lowercased()
    }
}
