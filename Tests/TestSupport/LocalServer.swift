import Foundation
import Synchronization

/// A small HTTP server on 127.0.0.1, one connection after the other, whose answers a test writes itself.
public final class LocalServer: Sendable {
    /// What a client asked for.
    public struct Request: Sendable, Equatable {
        /// The path that was asked for.
        public var path: String
        /// The header fields, by their names in lower case.
        public var headers: [String: String]

        /// The first byte that is wanted, if not all are.
        public var rangeStart: Int? {
            headers["range"].flatMap { $0.split(separator: "=").last }
                .flatMap { $0.split(separator: "-").first }.flatMap { Int($0) }
        }
    }

    /// A step of an answer.
    public enum Step: Sendable {
        /// These bytes are sent.
        case send(Data)
        /// Nothing more is sent until the client goes away.
        case stall
    }

    /// The port that the system chose.
    public let port: Int
    private let listener: CInt
    private let log = Mutex<[Request]>([])
    private let isStopped = Mutex(false)

    /// Begins to serve.
    /// - Parameter answer: makes an answer to the n-th request, counted from 0.
    public init(answer: @escaping @Sendable (Request, _ number: Int) -> [Step]) throws {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) | listen(descriptor, 8) | getsockname(descriptor, $0, &length)
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        (listener, port) = (descriptor, Int(UInt16(bigEndian: address.sin_port)))
        Thread { [self] in serve(answer) }.start()
    }

    /// So many ports in a row that nobody listens at, below those that the system gives to whoever asks for any.
    static func freePorts(_ count: Int) throws -> Int {
        for _ in 0..<1_000 {
            let first = Int.random(in: 20_000..<32_000)
            if (first..<first + count).allSatisfy(isFree) { return first }
        }
        throw POSIXError(.EADDRINUSE)
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        } == 0
    }

    /// The address of a path.
    public func url(_ path: String = "/file.bin") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// What was asked for until now.
    public var requests: [Request] { log.withLock { $0 } }

    /// Serves no more. Only the first call does anything: later, the descriptor may be another server's.
    public func stop() {
        let wasStopped = isStopped.withLock { isStopped in
            defer { isStopped = true }
            return isStopped
        }
        if !wasStopped { shutdown(listener, CInt(SHUT_RDWR)) }
    }

    private func serve(_ answer: (Request, Int) -> [Step]) {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { break }
            if let request = read(connection) {
                let number = log.withLock { log in
                    log.append(request)
                    return log.count - 1
                }
                for step in answer(request, number) { perform(step, connection) }
            }
            close(connection)
        }
        close(listener)
    }

    private func perform(_ step: Step, _ connection: CInt) {
        switch step {
        case .send(let data):
            var rest = data[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        case .stall:
            var byte: UInt8 = 0
            _ = recv(connection, &byte, 1, 0)
        }
    }

    private func read(_ connection: CInt) -> Request? {
        var limit = timeval(tv_sec: 3, tv_usec: 0)
        setsockopt(
            connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !text.hasSuffix("\r\n\r\n") {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        let lines = text.split(separator: "\r\n")
        let headers = lines.dropFirst().map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (line[..<colon].lowercased(), line[colon...].dropFirst(2).description)
        }
        return Request(
            path: String(lines[0].split(separator: " ")[1]),
            headers: Dictionary(headers) { first, _ in first })
    }
}

extension LocalServer {
    /// A head with its empty line.
    public static func head(_ status: String, _ headers: String...) -> Data {
        Data(
            (["HTTP/1.1 \(status)"] + headers + ["Connection: close", "", ""]).joined(separator: "\r\n").utf8)
    }

    /// The answer of a server that knows ranges and versions; with `cut`, the connection ends after so many
    /// bytes of the body.
    public static func answer(
        _ request: Request, _ file: Data, version: String? = "\"v1\"", modified: String? = nil,
        cut: Int? = nil
    ) -> [Step] {
        let validators = [version.map { "ETag: \($0)" }, modified.map { "Last-Modified: \($0)" }].compactMap(
            \.self)
        let condition = request.headers["if-range"]
        let isCurrent = condition == nil || condition == version || condition == modified
        let start = isCurrent ? request.rangeStart ?? 0 : 0
        let head: Data
        if start > 0, start >= file.count {
            return [.send(self.head("416 Range Not Satisfiable", "Content-Range: bytes */\(file.count)"))]
        } else if start > 0 {
            head = lines(
                [
                    "HTTP/1.1 206 Partial Content",
                    "Content-Range: bytes \(start)-\(file.count - 1)/\(file.count)",
                ] + validators, file.count - start)
        } else {
            head = lines(["HTTP/1.1 200 OK"] + validators, file.count)
        }
        let body = file[start...]
        return [.send(head), .send(cut.map { body.prefix($0) } ?? body)]
    }

    private static func lines(_ lines: [String], _ count: Int) -> Data {
        Data(
            (lines + ["Content-Length: \(count)", "Connection: close", "", ""]).joined(separator: "\r\n").utf8
        )
    }
}
