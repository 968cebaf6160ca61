import Foundation

/// What a browser asks for.
struct HTTPRequest: Sendable {
    /// `GET`, `HEAD` or `POST`, in capitals.
    var method: String
    /// Path and query as they were sent.
    var target: String
    /// The header fields in their order, names in lower case.
    var headers: [(name: String, value: String)]
    /// What follows the header.
    var body = Data()

    /// The first value of a header field.
    /// - Parameter name: in lower case.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The path's parts, decoded; nil where one of them could lead anywhere else than it says.
    var segments: [String]? { PercentCoding.segments(of: target.prefix { $0 != "?" }) }

    /// The query's names and values, in their order; nil where they are not coded as they should be.
    var query: [(name: String, value: String)]? {
        guard let mark = target.firstIndex(of: "?") else { return [] }
        return PercentCoding.form(target[target.index(after: mark)...])
    }

    /// The fields of a form; nil where the body is none.
    var form: [(name: String, value: String)]? {
        let type = header("content-type")?.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
        guard type?.lowercased() == "application/x-www-form-urlencoded",
            let text = String(data: body, encoding: .utf8)
        else { return nil }
        return PercentCoding.form(text)
    }

    /// A cookie's value; nil where there is none, or several have the name.
    func cookie(_ name: String) -> String? {
        let values = headers.filter { $0.name == "cookie" }.flatMap { $0.value.split(separator: ";") }
            .compactMap { pair -> String? in
                let parts = pair.split(separator: "=", maxSplits: 1).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                return parts.count == 2 && parts[0] == name ? parts[1] : nil
            }
        return values.count == 1 ? values[0] : nil
    }

    /// Whether the client takes gzip.
    var acceptsGzip: Bool {
        (header("accept-encoding") ?? "").split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map {
                $0.trimmingCharacters(in: .whitespaces).lowercased()
            }
            return parts.first == "gzip"
                && !parts.dropFirst().contains { $0.wholeMatch(of: #/q=0(\.0*)?/#) != nil }
        }
    }
}
