/// What can keep a studio from serving.
public enum StudioError: Error, Equatable {
    /// An address is no address.
    case noAddress(String)
    /// An address that others reach, without a token.
    case tokenNeeded(host: String, minimum: Int)
    /// A token that could be guessed, or cannot be sent.
    case weakToken(minimum: Int, found: Int)
    /// Somebody else serves there.
    case portInUse(address: String, port: Int)
    /// The system does not let the program serve.
    case notServing(address: String, reason: String)
}

extension StudioError: CustomStringConvertible {
    /// A sentence for the person who has to act.
    public var description: String {
        switch self {
        case .noAddress(let text):
            "--host: expected an address in numbers, such as 127.0.0.1, ::1 or 0.0.0.0, or localhost; found '\(text)'"
        case .tokenNeeded(let host, let minimum):
            "others reach \(host), so that a token is needed: give one of \(minimum) characters or more with --token or "
                + "in GRAFT_TOKEN, such as what 'openssl rand -hex 16' prints; or stay with 127.0.0.1, and reach it "
                + "from elsewhere by 'ssh -L'"
        case .weakToken(let minimum, let found):
            "the token: expected \(minimum) characters or more, letters, digits and -._~ only; found \(found) characters"
        case .portInUse(let address, let port):
            "\(address): another program serves there already; choose another port, such as --port \(port + 1)"
        case .notServing(let address, let reason): "\(address): cannot be served: \(reason)"
        }
    }
}
