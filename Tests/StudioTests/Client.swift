import Foundation
import TestSupport

@testable import Studio

/// A browser of the plainest kind, which sends exactly the bytes that it is given.
struct Client {
    /// What came back.
    struct Reply {
        var status = 0
        var headers: [String: String] = [:]
        var body = Data()

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    let port: Int

    /// Sends a request by its lines, and reads what comes back until the other side closes.
    func send(_ head: [String], body: String = "") throws -> Reply {
        let connection = try Connection(port: port)
        try connection.write(
            Data(((head + ["Connection: close", "", ""]).joined(separator: "\r\n") + body).utf8))
        return Self.reply(connection.rest())
    }

    func get(_ target: String, _ headers: String..., method: String = "GET", host: String? = nil) throws
        -> Reply
    {
        try send(["\(method) \(target) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")"] + headers)
    }

    /// Sends a form as a browser does.
    func post(_ target: String, _ form: String, origin: String? = nil, _ headers: String...) throws -> Reply {
        try send(
            [
                "POST \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)",
                "Origin: \(origin ?? "http://127.0.0.1:\(port)")",
                "Content-Type: application/x-www-form-urlencoded", "Content-Length: \(form.utf8.count)",
            ] + headers, body: form)
    }

    static func reply(_ data: Data) -> Reply {
        var reply = Reply()
        guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { return reply }
        let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        reply.status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            reply.headers[parts[0].lowercased()] =
                parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        reply.body = Data(data[end.upperBound...])
        return reply
    }
}

/// A connection to a server on this machine.
final class Connection {
    private let descriptor: CInt
    private(set) var received = Data()

    init(port: Int) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = in_port_t(port).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            throw POSIXError(.ECONNREFUSED)
        }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func write(_ data: Data) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            // Whoever refuses a request need not read all of it.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends nothing more.
    func finish() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Reads a piece; false at the end.
    private func read() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { received.append(contentsOf: buffer[..<count]) }
        return count > 0
    }

    /// Everything until the other side closes.
    func rest() -> Data {
        while read() {}
        return received
    }

    /// Reads until something has come so many times; false where the other side closes before.
    func wait(for text: String, times: Int = 1) -> Bool {
        while String(decoding: received, as: UTF8.self).components(separatedBy: text).count <= times {
            guard read() else { return false }
        }
        return true
    }
}

/// A studio for a test: on a port that the system chooses, ended afterwards.
func withStudio<Result>(
    token: String? = nil, allowsEdits: Bool = false, limits: MicroHTTPD.Limits = .init(), streams: Int = 32,
    heartbeat: Duration = .seconds(15), hub: EventHub? = nil, _ body: (Client, RunSamples) throws -> Result
) throws -> Result {
    try RunSamples.with { samples in
        try samples.write("flowers-001", accuracy: 0.5, began: 1)
        try samples.write("flowers-002", architecture: "resnet50", accuracy: 0.75, began: 2)
        try samples.write("a <b> & c", accuracy: 0.25, began: 3)
        try samples.write("search-001/trial-0001", accuracy: 0.8, began: 4)
        var options = Studio.Options()
        (options.port, options.token, options.allowsEdits) = (0, token, allowsEdits)
        let hub = hub ?? EventHub(limit: streams, pause: .milliseconds(20), heartbeat: heartbeat)
        let studio = try Studio(samples.runs, options, hub: hub, limits: limits)
        defer { studio.stop() }
        return try body(Client(port: studio.port), samples)
    }
}
