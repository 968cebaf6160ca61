import Foundation

/// What a browser is answered.
struct HTTPResponse: Sendable {
    /// What comes after the header.
    enum Body: Sendable {
        /// Bytes in memory.
        case data(Data)
        /// An open file of so many bytes, closed once it is sent.
        case file(OpenFile)
        /// Events, as they happen.
        case events(EventStream)
    }

    /// The status code.
    var status: Int
    /// The header fields.
    var headers: [(name: String, value: String)]
    /// What comes after the header.
    var body: Body

    /// An answer.
    init(status: Int = 200, type: String, headers: [(name: String, value: String)] = [], body: Body) {
        self.status = status
        self.headers = [("Content-Type", type)] + headers
        self.body = body
    }

    /// An answer that sends the browser elsewhere on this site.
    static func redirect(to path: String, status: Int = 303) -> HTTPResponse {
        HTTPResponse(
            status: status, type: "text/plain; charset=utf-8", headers: [("Location", path)],
            body: .data(Data("see \(path)\n".utf8)))
    }

    /// Sets a header field, in place of one that has the name.
    mutating func set(_ name: String, _ value: String) {
        headers.removeAll { $0.name.lowercased() == name.lowercased() }
        headers.append((name, value))
    }

    /// The value of a header field.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// A file that was opened; whoever has it last closes it.
final class OpenFile: Sendable {
    /// The system's number for it.
    let descriptor: CInt
    /// How many bytes it has.
    let size: Int

    /// Takes over an open file.
    init(descriptor: CInt, size: Int) { (self.descriptor, self.size) = (descriptor, size) }

    deinit { close(descriptor) }
}
